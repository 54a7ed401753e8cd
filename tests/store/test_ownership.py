"""What the user has is never deleted or written over; what the program made before is replaced."""

import json
import os
import time

import pytest

from sinobel import store
from sinobel.inputs.reading import InputError, as_file_name, model_folder
from sinobel.policies import scenarios
from sinobel.runs.request import Request
from sinobel.store.ownership import MARKER, Marker, Owned, content_hash, is_sealed, read_marker, sealed, write_marker
from sinobel.store.publish import check_page, publish, put, put_page
from sinobel.store.work_area import LONG

BASE = scenarios.load("baseline")


def request(draws=20, seed=4):
    return Request((BASE,), draws, seed, horizon="2017-12")


def finished(out, asked=None, **more):
    with store.Run(asked or request(), out, **more) as run:
        run.simulate()
        run.write("README.md", "made\n")
        run.finish()
    return run


def contents(folder):
    """Every file below a folder with its content."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def made(folder, **files):
    """A folder with some finished files, as a run leaves them to be published."""
    folder.mkdir(parents=True)
    for name, text in files.items():
        file = folder / name.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


# --- the marker ---


def test_a_finished_folder_lists_every_file_in_it(tmp_path):
    finished(tmp_path / "r")
    marker = read_marker(tmp_path / "r")
    assert set(marker.files) == set(contents(tmp_path / "r")) - {MARKER}
    assert all(marker.files[name] == (content_hash(tmp_path / "r" / name),) for name in marker.files)


@pytest.mark.parametrize(
    "name",
    ["../thesis.txt", "/etc/passwd", "a/../../b", "a\\..\\b", "./x", "a//b", "", ".sinobel.json", "C:/x", "a\0b"],
)
def test_a_marker_that_names_something_outside_its_folder_is_none(tmp_path, name):
    content = json.loads(Marker("x", {"fine.txt": ("0" * 64,)}).as_written())
    (tmp_path / MARKER).write_text(json.dumps(content))
    assert read_marker(tmp_path) is not None
    content["files"][name] = ["0" * 64]
    (tmp_path / MARKER).write_text(json.dumps(content))
    assert read_marker(tmp_path) is None


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "null", '{"made_by": "sinobel"}', '{"made_by": "sinobel", "format": 1, "files": []}', "[" * 9999],
)
def test_a_damaged_marker_is_none(tmp_path, text):
    (tmp_path / MARKER).write_text(text)
    (tmp_path / "notes.txt").write_text("mine")
    assert read_marker(tmp_path) is None
    with pytest.raises(InputError, match="is not this program's"), store.Run(request(), tmp_path):
        pass


def test_line_ends_that_version_control_changed_do_not_make_a_file_the_users(tmp_path):
    (tmp_path / "a.md").write_bytes(b"one\ntwo\n")
    before = content_hash(tmp_path / "a.md")
    (tmp_path / "a.md").write_bytes(b"one\r\ntwo\r\n")
    assert content_hash(tmp_path / "a.md") == before


# --- folders that are not ours ---


@pytest.mark.parametrize("name", ["manifest.json", "thesis.txt", "annual.nc", "README.md", ".sinobel-notes.txt"])
def test_a_folder_without_a_marker_is_refused_whatever_it_holds(tmp_path, name):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / name).write_text('{"name": "my web app"}')
    with pytest.raises(InputError, match=r"choose another folder, or replace=True, which moves"):
        store.Run(request(), folder).__enter__()
    assert contents(tmp_path) == {f"mine/{name}": b'{"name": "my web app"}'}


def test_replace_moves_a_folder_that_is_not_ours_and_deletes_nothing(tmp_path):
    folder = tmp_path / "mine"
    (folder / "below").mkdir(parents=True)
    (folder / "manifest.json").write_text("theirs")
    (folder / "below" / "thesis.txt").write_text("years of work")
    run = finished(folder, replace=True)
    assert run.set_aside == tmp_path / "mine.replaced-1"
    assert contents(run.set_aside) == {"manifest.json": b"theirs", "below/thesis.txt": b"years of work"}
    assert store.read_manifest(folder)["request"]["draws"] == 20
    (folder / "manifest.json").write_text("mine again")
    assert finished(folder, replace=True).set_aside == tmp_path / "mine.replaced-2"
    assert (tmp_path / "mine.replaced-2" / "manifest.json").read_text() == "mine again"


@pytest.mark.parametrize("suffix", [".unfinished", ".before", ".replaced-1"])
def test_neighbors_of_the_user_with_names_of_ours_stay(tmp_path, suffix):
    theirs = tmp_path / f"r{suffix}"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("years of work")
    if suffix == ".unfinished":
        with pytest.raises(InputError, match="unfinished work goes here, and this folder is none of this program's"):
            finished(tmp_path / "r")
    else:
        finished(tmp_path / "r")
        finished(tmp_path / "r", request(seed=5))
    assert contents(theirs) == {"thesis.txt": b"years of work"}


# --- folders of ours in which the user has done something ---


def test_what_the_user_added_stays(tmp_path):
    out = tmp_path / "r"
    finished(out)
    (out / "notes.txt").write_text("for the minister")
    (out / "charts").mkdir(exist_ok=True)
    (out / "charts" / "my-own.png").write_bytes(b"\x89PNG")
    (out / "studies" / "x").mkdir(parents=True)
    (out / "studies" / "x" / "manifest.json").write_text("{}")
    inode = (out / "notes.txt").stat().st_ino
    assert finished(out, request(seed=5)).set_aside is None
    assert store.read_manifest(out)["request"]["seed"] == 5
    assert (out / "notes.txt").read_text() == "for the minister"
    assert (out / "notes.txt").stat().st_ino == inode
    assert (out / "charts" / "my-own.png").is_file()
    assert (out / "studies" / "x" / "manifest.json").is_file()


def test_a_file_that_the_user_changed_is_refused_and_moved_only_when_told(tmp_path):
    out = tmp_path / "r"
    finished(out)
    (out / "README.md").write_text("made\nand what I think of it")
    with pytest.raises(InputError, match=r"yours: README\.md"):
        finished(out, request(seed=5))
    assert store.read_manifest(out)["request"]["seed"] == 4
    assert (out / "README.md").read_text().endswith("think of it")
    run = finished(out, request(seed=5), replace=True)
    assert (run.set_aside / "README.md").read_text().endswith("think of it")
    assert (out / "README.md").read_text() == "made\n"
    assert set(contents(run.set_aside)) == {"README.md"}


def test_files_of_an_earlier_run_that_are_not_made_again_go(tmp_path):
    target = tmp_path / "r"
    publish(made(tmp_path / "one", a_txt="1", charts__old_svg="1"), target, "one")
    publish(made(tmp_path / "two", a_txt="2"), target, "two")
    assert set(contents(target)) == {"a.txt", MARKER}
    assert not (target / "charts").exists()
    assert (target / "a.txt").read_text() == "2"


def test_files_of_ours_may_be_kept(tmp_path):
    target = tmp_path / "r"
    publish(made(tmp_path / "one", a_txt="1", b_txt="1"), target, "one")
    publish(made(tmp_path / "two", a_txt="2"), target, "two", keep=True)
    assert (target / "b.txt").read_text() == "1"
    assert set(read_marker(target).files) == {"a.txt", "b.txt"}


def test_a_file_of_the_user_where_a_new_one_goes_is_refused(tmp_path):
    target = tmp_path / "r"
    publish(made(tmp_path / "one", a_txt="1"), target, "one")
    (target / "charts").write_text("a file where a folder must be")
    with pytest.raises(InputError, match="yours: charts"):
        publish(made(tmp_path / "two", charts__x_svg="2"), target, "two")
    assert (target / "a.txt").read_text() == "1"
    aside = publish(tmp_path / "two", target, "two", replace=True)
    assert (aside / "charts").read_text() == "a file where a folder must be"
    assert (target / "charts" / "x.svg").read_text() == "2"


def test_links_are_not_followed(tmp_path):
    target, elsewhere = tmp_path / "r", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("1")
    publish(made(tmp_path / "one", charts__a_txt="1"), target, "one")
    (target / "charts" / "a.txt").unlink()
    (target / "charts").rmdir()
    (target / "charts").symlink_to(elsewhere, target_is_directory=True)
    assert not Owned(target).is_ours("charts/a.txt")
    with pytest.raises(InputError, match="so yours: charts"):
        publish(made(tmp_path / "two", charts__a_txt="2"), target, "two")
    publish(tmp_path / "two", target, "two", replace=True)
    assert (elsewhere / "a.txt").read_text() == "1"
    assert not (target / "charts").is_symlink()


def test_results_go_where_a_link_leads(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    (tmp_path / "r").symlink_to(disk, target_is_directory=True)
    finished(tmp_path / "r")
    assert (tmp_path / "r").is_symlink()
    assert store.read_manifest(disk)["request"]["draws"] == 20


# --- killed in the middle of publishing ---


@pytest.mark.parametrize("stop_at", range(4))
def test_a_folder_half_replaced_is_told_and_finished_by_the_same_run(tmp_path, monkeypatch, stop_at):
    out = tmp_path / "r"
    finished(out)
    (out / "notes.txt").write_text("mine")
    moved = []
    honest = os.replace

    def die_later(source, target):
        if os.fspath(source).find(f"{os.sep}results{os.sep}") > 0 and f"{os.sep}." not in os.fspath(source):
            if len(moved) == stop_at:
                raise SystemExit("killed")
            moved.append(target)
        return honest(source, target)

    monkeypatch.setattr(os, "replace", die_later)
    with pytest.raises(SystemExit):
        finished(out, request(seed=5))
    monkeypatch.undo()
    with pytest.raises(InputError, match="not finished"):
        store.read_manifest(out)
    assert store.look(out).finished is not None
    finished(out, request(seed=6))  # any run may go on from here: it still knows what is its own
    assert store.read_manifest(out)["request"]["seed"] == 6
    assert (out / "notes.txt").read_text() == "mine"
    assert not [path for path in out.iterdir() if path.name.startswith(".sinobel-")]


# --- single pages ---


def test_a_page_is_written_over_only_when_it_is_ours(tmp_path):
    page = tmp_path / "page.html"
    put_page(page, "<p>first</p>\r\nline")
    assert is_sealed(page)
    put_page(page, "<p>second</p>")
    assert "second" in page.read_text()
    page.write_text(page.read_text().replace("second", "second, as I see it"))
    with pytest.raises(InputError, match="none of this program's pages"):
        check_page(page)
    aside = put_page(page, "<p>third</p>", replace=True)
    assert "as I see it" in aside.read_text()
    thesis = tmp_path / "thesis.html"
    thesis.write_text("years of work")
    with pytest.raises(InputError, match="replace=True"):
        put_page(thesis, "<p>page</p>")
    assert thesis.read_text() == "years of work"
    assert sealed("x").startswith("x")


def test_a_page_is_never_written_over_data_of_ours(tmp_path):
    finished(tmp_path / "r")
    for name in ("annual.nc", "README.md", "manifest.json"):
        with pytest.raises(InputError, match="none of this program's pages"):
            put_page(tmp_path / "r" / name, "<p>page</p>")
    put_page(tmp_path / "r" / "page.htm", "<p>one</p>")
    put_page(tmp_path / "r" / "page.htm", "<p>two</p>")
    finished(tmp_path / "r", request(seed=5))


def test_files_of_the_user_with_names_like_ours_are_not_swept(tmp_path):
    old = time.time() - 10 * LONG
    for name in (".sinobel-notes.txt", ".sinobel-0123abcd.html"):
        (tmp_path / name).write_text("mine")
        os.utime(tmp_path / name, (old, old))
    (tmp_path / ".sinobel-cache").mkdir()
    put_page(tmp_path / "x.html", "<p>page</p>")
    assert (tmp_path / ".sinobel-notes.txt").read_text() == "mine"
    assert (tmp_path / ".sinobel-0123abcd.html").read_text() == "mine"


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db"])
def test_what_the_system_leaves_is_nobodys(tmp_path, name):
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / name).write_text("x")
    with store.Run(request(), tmp_path / "r") as run:
        (tmp_path / "r.unfinished" / name).write_text("x")
        run.simulate()
        run.finish()
    finished(tmp_path / "r", request(seed=5))
    assert store.read_manifest(tmp_path / "r")["request"]["seed"] == 5


def test_a_large_text_is_hashed_piece_by_piece(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes((b"x" * ((1 << 20) - 1) + b"\r\n") * 3 + b"\r")
    windows = content_hash(file)
    file.write_bytes((b"x" * ((1 << 20) - 1) + b"\n") * 3 + b"\r")
    assert content_hash(file) == windows


def test_folders_that_ship_know_what_is_in_them():
    """A fresh clone runs without a refusal: every results folder and the posteriors carry a marker that fits."""
    root = model_folder().parent
    places = [path.parent for path in (root / "results").rglob("manifest.json")] + [root / "results" / "backtest"]
    for folder in (model_folder() / "posterior", *places):
        assert read_marker(folder) is not None, folder
        Owned(folder).refuse()


def test_a_name_of_a_scenario_leads_nowhere_else():
    for name in ("a/../../../evil", "..", "C:\\x", "a|b*c", "x" * 300, ". ", "a\x00b"):
        made = as_file_name(name)
        assert made not in ("", ".", "..")
        assert not set(made) & set('/\\:*?"<>|\x00')
        assert len(made) <= 80
    assert as_file_name("eu-sanctions-extended") == "eu-sanctions-extended"
    assert as_file_name("中国减贷") == "中国减贷"


def test_a_text_put_into_a_folder_of_ours_is_noted(tmp_path):
    publish(made(tmp_path / "one", a_txt="1"), tmp_path / "r", "one")
    put(tmp_path / "r", "b.csv", "x\n")
    put(tmp_path / "r", "b.csv", "y\n")
    assert Owned(tmp_path / "r").is_ours("b.csv")
    (tmp_path / "r" / "b.csv").write_text("mine")
    put(tmp_path / "r", "c.csv", "another file does not mind\n")
    with pytest.raises(InputError, match="changed or put here by somebody"):
        put(tmp_path / "r", "b.csv", "z\n")
    aside = put(tmp_path / "r", "b.csv", "z\n", replace=True)
    assert (aside / "b.csv").read_text() == "mine"


def test_a_marker_survives_being_written(tmp_path):
    marker = Marker("id", {"a/b.txt": ("0" * 64, "1" * 64)}, "being replaced")
    write_marker(tmp_path, marker)
    assert read_marker(tmp_path) == marker
