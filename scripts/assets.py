"""The workbench's scripts, styles and borders, made from `frontend/` and npm packages by the package's build.

    python scripts/assets.py          build src/marsad/web/assets, where it is not up to date
    python scripts/assets.py check    also fetch what the checks need, and check the types

No Node is needed: esbuild and TypeScript are programs of their own. The packages are those that
`frontend/package-lock.json` names, each checked by its SHA-512, from the registry in
`NPM_CONFIG_REGISTRY` or from npm's. Nothing of them is run but these two programs.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.request import urlopen

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # run by hand, where no package is built
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "frontend"
PACKAGES = FRONTEND / "node_modules"
ASSETS = ROOT / "src" / "marsad" / "web" / "assets"
STAMP = ASSETS / "made-from.sha256"
REGISTRY = "https://registry.npmjs.org"
SECONDS = 60
BUNDLER = "@esbuild/{machine}/bin/esbuild"
TYPES = "@typescript/typescript-{machine}/lib/tsc"

BUNDLES = (
    *("document.ts", "adding.ts", "map.ts", "forecast.ts", "theme.ts", "sending.ts"),
    *("style.css", "map.css"),
)
COPIED = {  # what a page loads as it is: path in node_modules → name
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "map-worker.js",
    "world-atlas/countries-50m.json": "countries.json",
}
SHIPPED = ("maplibre-gl", "topojson-client", "world-atlas")  # whose licences go with them
_CPUS = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "i686": "ia32", "armv7l": "arm"}


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc,valid-type]
    """Hatchling calls it before it packs a wheel or makes an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build()


class Package(NamedTuple):
    path: str  # node_modules/@esbuild/linux-x64
    version: str
    integrity: str  # sha512-…, in Base64

    @property
    def name(self) -> str:
        return self.path.rpartition("node_modules/")[2]

    @property
    def is_there(self) -> bool:
        described = FRONTEND / self.path / "package.json"
        return described.is_file() and json.loads(described.read_bytes())["version"] == self.version


def build() -> None:
    """Fetch and bundle, unless the assets are made from what is there now.

    They are made beside the old ones and take their place whole: a build that fails changes nothing.
    """
    digest = _digest()
    if STAMP.is_file() and STAMP.read_text() == digest:
        return
    fetch(_locked(with_dev=False))
    with tempfile.TemporaryDirectory(dir=ASSETS.parent, prefix=".assets-") as folder:
        made, old = Path(folder) / "new", Path(folder) / "old"
        made.mkdir()
        _make(made)
        (made / STAMP.name).write_text(digest)
        with suppress(FileNotFoundError):
            ASSETS.rename(old)
        made.rename(ASSETS)


def _make(folder: Path) -> None:
    _run(
        _program(BUNDLER),
        *(str(FRONTEND / name) for name in BUNDLES),
        f"--outdir={folder}",
        *("--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=external"),
        *("--charset=utf8", "--log-level=warning"),
    )
    for source, name in COPIED.items():
        shutil.copyfile(PACKAGES / source, folder / name)
    texts = [next((PACKAGES / name).glob("LICENSE*")).read_text("utf-8") for name in SHIPPED]
    (folder / "licences.txt").write_text("\n\n".join(texts), "utf-8")


def check() -> None:
    """Check the types of the scripts."""
    fetch(_locked(with_dev=True))
    _run(_program(TYPES), "--project", str(FRONTEND))


def _digest() -> str:
    """Of everything that the assets are made from, this file included."""
    sources = sorted(path for path in FRONTEND.iterdir() if path.is_file())
    digest = hashlib.sha256()
    for path in (Path(__file__), *sources):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def fetch(packages: list[Package]) -> None:
    """Put the packages that are not there yet into `node_modules`."""
    missing = [package for package in packages if not package.is_there]
    with ThreadPoolExecutor(8) as threads:
        for package, raw in zip(missing, threads.map(_download, missing), strict=True):
            _unpack(package, raw)


def _locked(*, with_dev: bool) -> list[Package]:
    """The packages of the lock that this machine can use."""
    locked = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return [
        Package(path, entry["version"], entry["integrity"])
        for path, entry in locked.items()
        if path and (with_dev or not entry.get("dev")) and _fits(entry)
    ]


def _fits(entry: dict[str, Any]) -> bool:
    return sys.platform in entry.get("os", [sys.platform]) and _cpu() in entry.get("cpu", [_cpu()])


def _cpu() -> str:
    machine = platform.machine().lower()
    return _CPUS.get(machine, machine)


def _download(package: Package) -> bytes:
    """The package as the registry has it.

    Raises:
        SystemExit: it cannot be had, or is not what the lock names.
    """
    registry = os.environ.get("NPM_CONFIG_REGISTRY", REGISTRY).rstrip("/")
    file = f"{package.name.rpartition('/')[2]}-{package.version}.tgz"
    url = f"{registry}/{package.name}/-/{file}"
    if not url.startswith("https://"):
        raise SystemExit(f"{registry}: give a registry that answers over https")
    try:
        with urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 - https, as checked
            raw: bytes = answer.read()
    except OSError as error:
        raise SystemExit(f"{url}: {error}; the workbench's assets are made from npm packages") from None
    kind, _, wanted = package.integrity.partition("-")
    if base64.b64encode(hashlib.new(kind, raw).digest()).decode() != wanted:
        raise SystemExit(f"{url}: is not the package that frontend/package-lock.json names")
    return raw


def _unpack(package: Package, raw: bytes) -> None:
    target = FRONTEND / package.path
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".unpacking-") as folder,
        tarfile.open(fileobj=BytesIO(raw), mode="r:gz") as archive,
    ):
        archive.extractall(folder, members=_inside(archive), filter="data")
        shutil.rmtree(target, ignore_errors=True)
        (Path(folder) / "package").rename(target)


def _inside(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """The members, under `package/` whatever their first folder is called."""
    for member in archive:
        yield member.replace(name=str(PurePosixPath("package", *PurePosixPath(member.name).parts[1:])))


def _program(path: str) -> str:
    """A program of the package for this machine."""
    return str(PACKAGES / path.format(machine=f"{sys.platform}-{_cpu()}"))


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=FRONTEND, check=False)  # noqa: S603 - programs named above
    if done.returncode:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    build()
    if sys.argv[1:] == ["check"]:
        check()
