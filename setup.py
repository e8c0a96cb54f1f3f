"""Compiles the catalogues while building, so that a wheel speaks all three languages. The rest is in pyproject.toml."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):
    def run(self) -> None:
        super().run()
        for po, mo in self._catalogues():
            mo.parent.mkdir(parents=True, exist_ok=True)
            with po.open("rb") as source, mo.open("wb") as target:
                write_mo(target, read_po(source))

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        return [*super().get_outputs(include_bytecode), *(str(mo) for _, mo in self._catalogues())]

    def _catalogues(self) -> list[tuple[Path, Path]]:
        """Each .po with the place of its .mo: beside it in the work tree, or in the wheel being built."""
        place = Path() if self.editable_mode else Path(self.build_lib)
        return [(po, place / po.with_suffix(".mo")) for po in sorted(Path("model/locale").glob("*/LC_MESSAGES/*.po"))]


setup(cmdclass={"build_py": BuildWithCatalogues})
