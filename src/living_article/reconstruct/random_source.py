"""A generator of integers that gives the same stream in every version of Python and NumPy."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")
_MASK = (1 << 64) - 1
_NORMAL = NormalDist()


class RandomSource:
    """SplitMix64 (Steele, Lea and Flood 2014, Figure 16): 64-bit state, one multiplication chain a draw.

    The library generators are reproducible only within a version; this one is integer arithmetic, and
    `kernels.draw` is the same algorithm in compiled form.
    """

    def __init__(self, seed: int) -> None:
        self.state = seed & _MASK

    def bits(self) -> int:
        """Return the next 64 random bits."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & _MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def below(self, n: int) -> int:
        """Return an integer in [0, n); the bias is below n / 2**32."""
        return ((self.bits() >> 32) * n) >> 32

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Return a number in [low, high)."""
        return low + (high - low) * (self.bits() >> 11) * 2.0**-53

    def normal(self, mean: float = 0.0, sd: float = 1.0) -> float:
        """Return a normal deviate by inversion."""
        return mean + sd * _NORMAL.inv_cdf(((self.bits() >> 12) + 0.5) * 2.0**-52)

    def shuffle(self, items: MutableSequence[T]) -> MutableSequence[T]:
        """Shuffle in place (Fisher–Yates) and return the sequence."""
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items

    def choice(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self.below(len(items))]
