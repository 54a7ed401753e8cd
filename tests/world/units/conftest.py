"""Units and traces go through numpy, whose calls they see: nothing is compiled here."""

import pytest

from sinobel.world.elementary import native, native_chance


@pytest.fixture(scope="package", autouse=True)
def without_a_compiler():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(native, "functions", lambda: None)
        patch.setattr(native_chance, "kernels", lambda: None)
        yield
