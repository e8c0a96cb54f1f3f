"""Light, dark and high contrast: calm, and legible for hours. Colour never says anything alone."""

from __future__ import annotations

from textual.theme import Theme

from model.language import N_

LIGHT = Theme(
    name="samlop-light",
    primary="#1f5f7a",
    secondary="#5a6b75",
    accent="#7a4a86",
    warning="#8a5a00",
    error="#a3262f",
    success="#2c6a3a",
    foreground="#1d2428",
    background="#f6f5f1",
    surface="#fbfaf7",
    panel="#e7e9e6",
    dark=False,
    variables={
        "block-cursor-background": "#1f5f7a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#d5e3e8",
        "block-cursor-blurred-foreground": "#1d2428",
        "input-selection-background": "#1f5f7a 30%",
        "footer-key-foreground": "#1f5f7a",
        "border": "#1f5f7a",
        "border-blurred": "#b9c0bf",
        "scrollbar": "#b9c0bf",
        "scrollbar-background": "#fbfaf7",
        "text-muted": "#566167",
        "text-error": "#a3262f",
        "text-warning": "#7a4f00",
        "text-success": "#2c6a3a",
        "text-accent": "#7a4a86",
    },
)

DARK = Theme(
    name="samlop-dark",
    primary="#7fb8cf",
    secondary="#93a5ae",
    accent="#c9a3d4",
    warning="#e0b667",
    error="#ef8d8d",
    success="#93c79b",
    foreground="#dfe5e6",
    background="#14191c",
    surface="#1a2024",
    panel="#252d32",
    dark=True,
    variables={
        "block-cursor-background": "#2f6a83",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#2a3a42",
        "block-cursor-blurred-foreground": "#dfe5e6",
        "input-selection-background": "#7fb8cf 35%",
        "footer-key-foreground": "#7fb8cf",
        "border": "#7fb8cf",
        "border-blurred": "#3f4c53",
        "scrollbar": "#3f4c53",
        "scrollbar-background": "#1a2024",
        "text-muted": "#9fadb3",
        "text-error": "#ef8d8d",
        "text-warning": "#e0b667",
        "text-success": "#93c79b",
        "text-accent": "#c9a3d4",
        "button-color-foreground": "#14191c",
    },
)

HIGH_CONTRAST = Theme(
    name="samlop-high-contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#00ffff",
    warning="#ffd700",
    error="#ff9d9d",
    success="#7dff7d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    dark=True,
    text_alpha=1.0,
    variables={
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#4d4d4d",
        "block-cursor-blurred-foreground": "#ffffff",
        "input-selection-background": "#ffff00 45%",
        "footer-key-foreground": "#ffff00",
        "border": "#ffff00",
        "border-blurred": "#ffffff",
        "text-muted": "#ffffff",
        "text-disabled": "#c8c8c8",
        "text-error": "#ff9d9d",
        "text-warning": "#ffd700",
        "text-success": "#7dff7d",
        "text-accent": "#00ffff",
        "button-color-foreground": "#000000",
    },
)

THEMES = {"light": LIGHT, "dark": DARK, "contrast": HIGH_CONTRAST}
"""By the name they have in the settings, in the order the key goes through them."""

NAMES = {"light": N_("Light"), "dark": N_("Dark"), "contrast": N_("High contrast")}


def following(name: str) -> str:
    """The theme after this one, by name in the settings."""
    names = list(THEMES)
    return names[(names.index(name) + 1) % len(names)]
