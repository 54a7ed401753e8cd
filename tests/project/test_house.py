"""The house in figures and as a picture: both follow from the imports."""

import importlib.util
import pathlib

import pytest

ROOT = pathlib.Path(__file__).parents[2]
specification = importlib.util.spec_from_file_location("house", ROOT / "benchmarks" / "house.py")
house = importlib.util.module_from_spec(specification)
specification.loader.exec_module(house)


def test_the_picture_follows_the_imports():
    assert house.PICTURE.read_text(encoding="utf-8") == house.picture(), "run `python benchmarks/house.py --picture`"


def test_few_rooms_on_few_floors_and_no_arrow_up():
    rooms = house.rooms(ROOT)
    assert set(rooms) - {"version"} == set(house.HOLDS)
    assert len(rooms) <= 15
    assert max(house.floors(rooms).values()) <= 10
    assert not house.returning(rooms)


def test_floors_circles_and_arrows_up_of_a_small_house():
    straight = {"top": {"middle", "ground"}, "middle": {"ground"}, "ground": set()}
    assert house.floors(straight) == {"top": 3, "middle": 2, "ground": 1}
    assert house.reduced(straight) == {("top", "middle"), ("middle", "ground")}
    round_about = straight | {"ground": {"top"}}
    assert house.circles(round_about) == [["ground", "middle", "top"]]
    assert len(house.returning(round_about)) == 1


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"])
def test_paths_that_guides_name_exist(name):
    import re

    text = (ROOT / name).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert ((ROOT / name).parent / link).exists(), link
    for path in re.findall(r"`((?:src|tests|model|benchmarks)/[\w./-]+)`", text):
        assert (ROOT / path).exists(), path
