"""A synthetic county: deterministic, plausible, and nobody's. Begin at `model.demo.generate`."""
