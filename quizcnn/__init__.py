"""A quiz about convolutional neural networks in which every answer is computed, not believed."""

__version__ = "0.1.0"
