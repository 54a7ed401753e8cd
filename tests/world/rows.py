"""Arrays of one future with an axis before the draws, as rows of plain numbers."""

import operator

import numpy


class Row(list):
    """Numbers of one future, one a lender or seller: what a stacked array is there."""

    __array_ufunc__ = None  # a number of numpy leaves the arithmetic to the row

    def _each(self, other, work):
        if isinstance(other, numpy.ndarray) and other.ndim:  # what a scenario says, row by row
            other = Row(float(each) for each in other.reshape(len(self)))
        others = other if isinstance(other, Row) else [other] * len(self)
        return Row(work(one, another) for one, another in zip(self, others, strict=True))

    def __add__(self, other):
        return self._each(other, operator.add)

    def __sub__(self, other):
        return self._each(other, operator.sub)

    def __mul__(self, other):
        return self._each(other, operator.mul)

    def __truediv__(self, other):
        return self._each(other, operator.truediv)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        return Row(other / one for one in self)

    def __rpow__(self, other):
        return Row(other**one for one in self)

    def __pow__(self, other):
        return self._each(other, operator.pow)

    def __gt__(self, other):
        return self._each(other, operator.gt)

    def __ge__(self, other):
        return self._each(other, operator.ge)

    def __lt__(self, other):
        return self._each(other, operator.lt)

    def __le__(self, other):
        return self._each(other, operator.le)

    __hash__ = None

    def __eq__(self, other):
        return self._each(other, operator.eq)

    def __and__(self, other):
        return self._each(other, operator.and_)

    def __or__(self, other):
        return self._each(other, operator.or_)

    __rand__, __ror__ = __and__, __or__

    def __neg__(self):
        return Row(-one for one in self)

    def sum(self, axis):
        total = self[0]
        for one in self[1:]:
            total = total + one
        return total

    def max(self, axis):
        return max(self)


def on_rows(work):
    """A function of numbers that takes rows, too."""

    def both(*given):
        longest = max((len(each) for each in given if isinstance(each, Row)), default=0)
        if not longest:
            return work(*given)
        rows = (each if isinstance(each, Row) else [each] * longest for each in given)
        return Row(work(*numbers) for numbers in zip(*rows, strict=True))

    return both
