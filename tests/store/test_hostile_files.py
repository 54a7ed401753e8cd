"""Results and posteriors that somebody else made: what they would do is refused, at once and without much memory."""

import json
import re
import resource
import struct
import time

import h5py
import numpy as np
import pytest

from sinobel import store
from sinobel.inputs import hdf5, posterior
from sinobel.inputs.parameters import all_parameters
from sinobel.inputs.reading import InputError
from sinobel.policies import scenarios
from sinobel.runs.request import Request
from sinobel.store import netcdf, tables

SECONDS, ROOM = 1.0, 60_000_000  # of a refusal; bytes of memory it may take
SECRET = "root:x:0"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A small folder of results."""
    out = tmp_path_factory.mktemp("template") / "r"
    request = Request((scenarios.load("baseline"),), 4, 5, horizon="2018-12", indicators=("gdp", "reserves"))
    with store.Run(request, out) as run:
        run.simulate()
        run.finish()
    return out


@pytest.fixture
def folder(template, tmp_path):
    out = tmp_path / "r"
    out.mkdir()
    for path in template.iterdir():
        if path.is_file():
            (out / path.name).write_bytes(path.read_bytes())
    return out


@pytest.fixture
def calibrated(tmp_path):
    """A posterior of two parameters in the layout of ours."""
    file = tmp_path / "2016-12.nc"
    names = [name for name, each in all_parameters().items() if each.bounds[0] < each.bounds[1]][:2]
    with h5py.File(file, "w") as made:
        group = made.create_group("posterior")
        group.attrs["notes"] = json.dumps({"parameters": names})
        for name in names:
            group[name] = np.full((1, 50), np.mean(all_parameters()[name].bounds))
    return file, names


def peak():
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def refused(read, *arguments):
    """What a refusal says; it takes no second and little memory."""
    before, began = peak(), time.perf_counter()
    with pytest.raises(InputError) as error:
        read(*arguments)
    assert time.perf_counter() - began < SECONDS
    assert peak() - before < ROOM
    assert SECRET not in str(error.value)
    assert len(error.value.problems) == 1
    return str(error.value)


# --- what a dataset may be -------------------------------------------------------------------------------------------


def elsewhere(holder, name, shape, tmp_path):
    """A dataset whose values stand in another file."""
    other = tmp_path / "passwd"
    other.write_bytes(SECRET.encode() * (1 + 8 * int(np.prod(shape)) // len(SECRET)))
    holder.create_dataset(name, shape, "f4", external=[(str(other), 0, h5py.h5f.UNLIMITED)])


def virtual(holder, name, shape, tmp_path):
    with h5py.File(tmp_path / "source.h5", "w") as source:
        source["x"] = np.ones(shape, "f4")
    layout = h5py.VirtualLayout(shape, "f4")
    layout[...] = h5py.VirtualSource(tmp_path / "source.h5", "x", shape)
    holder.create_virtual_dataset(name, layout)


def external_link(holder, name, shape, tmp_path):
    with h5py.File(tmp_path / "source.h5", "w") as source:
        source["x"] = np.ones(shape, "f4")
    holder[name] = h5py.ExternalLink(str(tmp_path / "source.h5"), "/x")


def soft_link(holder, name, shape, tmp_path):
    holder[name] = h5py.SoftLink("/nowhere")


def second_name(holder, name, shape, tmp_path):
    holder[name] = holder[next(iter(holder))]


def references(holder, name, shape, tmp_path):
    made = holder.create_dataset(name, shape, h5py.ref_dtype)
    made[(0,) * len(shape)] = made.ref


def objects(holder, name, shape, tmp_path):
    holder.create_dataset(name, shape, np.dtype([("a", "f4"), ("b", "S8")]))


def ragged(holder, name, shape, tmp_path):
    holder.create_dataset(name, shape, h5py.vlen_dtype(np.float32))


def a_type(holder, name, shape, tmp_path):
    holder[name] = np.dtype("f8")


def other_packing(holder, name, shape, tmp_path):
    holder.create_dataset(name, shape, "f4", compression="lzf")


def billions(holder, name, shape, tmp_path):
    holder.create_dataset(name, (10_000_000, *shape[1:]), "f4")


def billions_packed(holder, name, shape, tmp_path):
    holder.create_dataset(name, (10_000_000, *shape[1:]), "f4", chunks=True, compression="gzip")


def huge_pieces(holder, name, shape, tmp_path):
    chunks = (20_000_000, *[1] * (len(shape) - 1))
    holder.create_dataset(name, shape, "f4", maxshape=(None,) * len(shape), chunks=chunks, compression="gzip")


def tiny_pieces(holder, name, shape, tmp_path):
    holder.create_dataset(name, (300_000,), "i1", chunks=(1,))


def deep_groups(holder, name, shape, tmp_path):
    holder.create_group("/".join([name] * 40))


def a_ring(holder, name, shape, tmp_path):
    holder.create_group(name)["again"] = holder


def many_groups(holder, name, shape, tmp_path):
    for place in range(hdf5.MOST_OBJECTS + 1):
        holder.create_group(f"g{place}")


def many_attributes(holder, name, shape, tmp_path):
    made = holder.create_dataset(name, shape, "f4")
    for place in range(hdf5.MOST_ATTRIBUTES + 1):
        made.attrs[f"a{place}"] = place


def an_attribute_that_points(holder, name, shape, tmp_path):
    made = holder.create_dataset(name, shape, "f4")
    made.attrs["points"] = made.ref


def many_texts(holder, name, shape, tmp_path):
    holder.create_dataset(name, (5_000_000,), h5py.string_dtype())


HOSTILE = {
    elsewhere: "stand in another file",
    virtual: "put together from other datasets",
    external_link: "is a link",
    soft_link: "is a link",
    second_name: "stands in it twice",
    references: "neither numbers nor texts",
    objects: "neither numbers nor texts",
    ragged: "neither numbers nor texts",
    a_type: "neither a group nor a dataset",
    other_packing: "packed in a way",
    billions: "more than its",
    billions_packed: "more than its|unlikely size",
    huge_pieces: "unlikely size",
    tiny_pieces: "unlikely size",
    deep_groups: "nested too deeply",
    a_ring: "nested too deeply|stands in it twice",
    many_groups: "more than 1,000 datasets",
    many_attributes: "more than 64 attributes",
    an_attribute_that_points: "neither a number nor a text",
    many_texts: "at most 10,000 are read",
}


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
@pytest.mark.parametrize("name", ["annual.nc", "monthly-bands.nc", "monthly-examples.nc"])
def test_a_results_file_that_does_something_is_refused(folder, tmp_path, make, name):
    with h5py.File(folder / name, "a") as file:
        shape = file["gdp"].shape if "gdp" in file else (1, 4, 24)
        if "gdp" in file:
            del file["gdp"]
        make(file, "gdp", shape, tmp_path)
    said = refused(store.read_results, folder)
    assert name in said
    assert re.search(HOSTILE[make], said), said


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_posterior_that_does_something_is_refused(calibrated, tmp_path, make):
    file, (first, _) = calibrated
    with h5py.File(file, "a") as content:
        del content["posterior"][first]
        make(content["posterior"], first, (1, 50), tmp_path)
    said = refused(posterior.read_posterior, file)
    assert "make it again with sinobel.calibrate()" in said
    assert re.search(HOSTILE[make], said), said


@pytest.mark.parametrize("make", [elsewhere, external_link, deep_groups, many_texts, billions])
def test_not_even_the_manifest_of_such_a_file_is_read(folder, tmp_path, make):
    with h5py.File(folder / "annual.nc", "a") as file:
        make(file, "more", (1, 4, 2), tmp_path)
    assert "annual.nc" in refused(store.read_manifest, folder / "annual.nc")


def test_texts_that_share_their_bytes_are_refused(calibrated):
    """Attributes that all stand for one long text take many times the memory of the file; ours never do that."""
    file, _ = calibrated
    with h5py.File(file, "a") as content:
        group = content["posterior"]
        group.attrs["notes"] = group.attrs["notes"] + " " * 200_000
        for place in range(20):
            group.attrs[f"a{place}"] = "z" * (1000 + place)
        longest = len(group.attrs["notes"])
    data = bytearray(file.read_bytes())

    def pointers(length):
        """Places of what points to a text of this length: its length, the address of its heap, its number there."""
        at = data.find(struct.pack("<I", length))
        while at >= 0:
            heap = struct.unpack("<Q", data[at + 4 : at + 12])[0]
            if data[heap : heap + 4] == b"GCOL":
                yield at
            at = data.find(struct.pack("<I", length), at + 1)

    source = next(pointers(longest))
    for place in range(20):
        for at in pointers(1000 + place):
            data[at : at + 16] = data[source : source + 16]
    posterior.read_posterior(file)
    file.write_bytes(data)
    with h5py.File(file) as content:
        assert len(content["posterior"].attrs["a7"]) == longest
    assert "its texts share their bytes" in refused(posterior.read_posterior, file)


# --- sizes that belong to the manifest -------------------------------------------------------------------------------


def test_a_dataset_larger_than_was_asked_for_is_refused(folder):
    """Ten thousand draws, written out in full, in the folder of a run of four."""
    import xarray as xr

    from sinobel.store.files import write_dataset

    results = store.read_results(folder)
    annual = xr.Dataset(dict(results.annual), attrs={"manifest": json.dumps(results.manifest)})
    more = annual.isel(draw=np.arange(10_000) % 4).assign_coords(draw=np.arange(10_000))
    write_dataset(folder / "annual.nc", more)
    assert "10,000 values, 4 were asked for" in refused(store.read_results, folder)


@pytest.mark.parametrize(("key", "value"), [("draws", 10**12), ("horizon", "9999-12"), ("draws", "many")])
def test_a_manifest_that_asks_for_too_much_is_refused_first(folder, key, value):
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["request"][key] = value
    (folder / "manifest.json").write_text(json.dumps(manifest))
    refused(store.read_results, folder)


def test_a_variable_that_is_no_indicator_is_refused(folder):
    with h5py.File(folder / "annual.nc", "a") as file:
        file.move("gdp", "gdpp")
    assert 'gdpp is no indicator; did you mean "gdp"?' in refused(store.read_results, folder)


def test_what_we_write_is_read(folder, calibrated):
    assert store.read_results(folder).annual["gdp"].shape == (1, 4, 2)
    assert posterior.read_posterior(calibrated[0]).draws == 50
    assert posterior.posterior_at(12 * 2016 + 11).draws > 1000


# --- draws of a posterior --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "message"), [(49, "49 to 50 draws, where all need as many"), (0, "0 to 50 draws")])
def test_parameters_of_unequal_lengths_are_one_message(calibrated, count, message):
    file, (first, _) = calibrated
    with h5py.File(file, "a") as content:
        kept = content["posterior"][first][:, :count]
        del content["posterior"][first]
        content["posterior"][first] = kept
    assert message in refused(posterior.read_posterior, file)


@pytest.mark.parametrize("names", [[], ["first", "second"]])
def test_a_posterior_without_draws_is_one_message(calibrated, names):
    file, both = calibrated
    with h5py.File(file, "a") as content:
        group = content["posterior"]
        group.attrs["notes"] = json.dumps({"parameters": both if names else []})
        for name in both:
            del group[name]
            group[name] = np.empty((1, 0))
    assert "it holds no draws" in refused(posterior.read_posterior, file)


@pytest.mark.parametrize(
    "notes", ["{", "[]", "7", '{"parameters": 3}', '{"parameters": [[]]}', '{"parameters": ["/"]}', "[" * 100_000]
)
def test_damaged_notes_of_a_posterior_are_one_message(calibrated, notes):
    file, _ = calibrated
    with h5py.File(file, "a") as content:
        content["posterior"].attrs["notes"] = notes
    refused(posterior.read_posterior, file)


@pytest.mark.parametrize("content", [b"", b"CDF\x01", b"\x89HDF\r\n\x1a\n", b"\x89HDF\r\n\x1a\n" + b"\0" * 5000])
def test_what_is_no_hdf5_file_is_one_message(folder, calibrated, content):
    (folder / "annual.nc").write_bytes(content)
    calibrated[0].write_bytes(content)
    refused(store.read_results, folder)
    refused(posterior.read_posterior, calibrated[0])


# --- Parquet ---------------------------------------------------------------------------------------------------------


def parquet(path):
    pytest.importorskip("pyarrow")
    from sinobel.store import tables

    tables.write_parquet(path, {}, {"scenarios": [], "format": 1})
    return path


def test_the_manifest_of_a_table_is_read(tmp_path):
    from sinobel.store import tables

    assert json.loads(tables.manifest_inside(parquet(tmp_path / "a.parquet"))) == {"scenarios": [], "format": 1}


@pytest.mark.parametrize("kind", ["length", "magic", "empty", "bytes"])
def test_a_damaged_footer_is_one_message(tmp_path, kind):
    path = parquet(tmp_path / "a.parquet")
    content = path.read_bytes()
    damaged = {
        "length": content[:-8] + b"\xff\xff\xff\xff" + b"PAR1",
        "magic": content[:-4] + b"PARE",
        "empty": b"PAR1",
        "bytes": content[:40] + b"\xff" * (len(content) - 48) + content[-8:],
    }
    path.write_bytes(damaged[kind])
    assert "damaged or carries no manifest" in refused(store.read_manifest, path)


@pytest.mark.parametrize("end", [".nc", ".parquet"])
def test_too_little_memory_is_no_damage(folder, end, monkeypatch):
    """Else a good file would be made again, and with as little memory."""

    def full(*_):
        raise MemoryError("Unable to allocate 9. GiB")

    monkeypatch.setattr(hdf5, "opened", full)
    monkeypatch.setitem(tables.CARRIERS, end, full)
    with pytest.raises(MemoryError):
        tables.manifest_inside(folder / f"annual{end}")
    with pytest.raises(MemoryError):
        netcdf.read_dataset(folder / "annual.nc", {})
