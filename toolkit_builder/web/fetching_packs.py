"""Packs are fetched: a file of one, one, or all of a job. Nothing of an address is ever part of a path."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Response, abort, send_file

from toolkit_builder.batch import pack_table
from toolkit_builder.batch.record import PackEntry
from toolkit_builder.web.jobs import Job
from toolkit_builder.web.packs import entries_of, files_of_pack, name_in_pack
from toolkit_builder.web.pages import pages, session
from toolkit_builder.web.seeing import job_of
from toolkit_builder.web.zips import write_zip


@pages.get("/jobs/<key>/packs.zip")
def all_packs(key: str) -> Response:
    """All packs of a job that are there, each in a folder, with the table of them."""
    job = _job(key)
    if not job.is_over:
        abort(404)
    entries = [entry for name in job.packs if (entry := entries_of(job).get(name)) and entry.files]
    if not entries or job.request.output is None:
        abort(404)
    files = [
        (f"{entry.id}/{name_in_pack(job, entry.id, path)}", path, digest)
        for entry in entries
        for path, digest in files_of_pack(job, entry)
    ]
    table = job.request.output / pack_table.FILE
    if table.exists():
        files.append((table.name, table, hashlib.sha256(table.read_bytes()).hexdigest()))
    return _zip(files, "packs.zip")


@pages.get("/jobs/<key>/packs/<pack>.zip")
def one_pack(key: str, pack: str) -> Response:
    """The files of a pack."""
    job = _job(key)
    found = files_of_pack(job, _entry(job, pack))
    files = [(name_in_pack(job, pack, path), path, digest) for path, digest in found]
    return _zip(files, f"{pack}.zip")


@pages.get("/jobs/<key>/packs/<pack>/<int:number>")
def file_of_pack(key: str, pack: str, number: int) -> Response:
    """A file of a pack."""
    job = _job(key)
    files = files_of_pack(job, _entry(job, pack))
    if number >= len(files):
        abort(404)
    path = files[number][0]
    return send_file(path, as_attachment=True, download_name=path.name)


def _job(key: str) -> Job:
    job = job_of(key)
    if not job.is_of_packs:
        abort(404)
    return job


def _entry(job: Job, pack: str) -> PackEntry:
    entry = entries_of(job).get(pack)
    if pack not in job.packs or entry is None or not entry.files:
        abort(404)
    return entry


def _zip(files: list[tuple[str, Path, str]], name: str) -> Response:
    """A zip, kept as long as its files are what they are."""
    digest = hashlib.sha256(repr([(inner, digest) for inner, _, digest in files]).encode()).hexdigest()
    place = session().place("zips") / f"packs-{digest[:32]}.zip"
    if not place.exists():
        write_zip(place, [(inner, path) for inner, path, _ in files])
    return send_file(place, as_attachment=True, download_name=name, mimetype="application/zip")
