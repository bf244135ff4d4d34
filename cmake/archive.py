"""Archives that have the same bytes for the same files: names in order, one time, no owner."""

import gzip
import io
import tarfile
from pathlib import Path, PurePosixPath
from typing import Dict, NamedTuple

PROGRAM, PLAIN = 0o755, 0o644  # the only modes: a release has no links and no set-uid bits


class File(NamedTuple):
    data: bytes
    mode: int = PLAIN


Tree = Dict[str, File]  # by path, with slashes


def folder(root: Path) -> Tree:
    """The files below a folder. Nothing else may be there."""
    files: Tree = {}
    for path in sorted(root.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise ValueError(f"{path} is neither a file nor a folder")
        if path.is_file():
            files[path.relative_to(root).as_posix()] = File(path.read_bytes())
    return files


def gzipped(data: bytes) -> bytes:
    """Without the name and the time that gzip would note."""
    out = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:
        packed.write(data)
    return out.getvalue()


def tar_gz(files: Tree, root: str, epoch: int) -> bytes:
    """A .tar.gz whose entries lie below the folder `root`."""
    out = io.BytesIO()
    paths = [PurePosixPath(root, path) for path in files]
    folders = {parent for path in paths for parent in path.parents if parent.name}
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path in sorted({*paths, *folders}):
            entry = tarfile.TarInfo(str(path))
            entry.mtime = epoch
            if path in folders:
                entry.type, entry.mode = tarfile.DIRTYPE, PROGRAM
                tar.addfile(entry)
            else:
                file = files[str(path.relative_to(root))]
                entry.size, entry.mode = len(file.data), file.mode
                tar.addfile(entry, io.BytesIO(file.data))
    return gzipped(out.getvalue())


def write(files: Tree, target: Path) -> None:
    """Writes the files into a folder, with their modes whatever the umask is."""
    for name, file in sorted(files.items()):
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        path.chmod(file.mode)
    for path in [target, *target.rglob("*")]:
        if path.is_dir():
            path.chmod(PROGRAM)
