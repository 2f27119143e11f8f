"""Prints the pinned requirements of Home Assistant's integrations, one a line.

Run by the Python of the environment that Home Assistant is installed in; the arguments are names of integrations. With these
installed, `--skip-pip` finds everything: nothing is downloaded while it runs.
"""

import importlib.util
import json
import pathlib
import re
import sys

BASE = pathlib.Path(importlib.util.find_spec("homeassistant").origin).parent


def always_set_up() -> set[str]:
    """What is set up without being asked for, and every entity platform: `get_services` imports all of those."""
    from homeassistant.const import Platform

    # Read, not imported: the module's own imports may need what is looked for here.
    source = (BASE / "bootstrap.py").read_text()
    block = re.search(r"^DEFAULT_INTEGRATIONS = \{(.*?)^\}", source, re.S | re.M)  # not in versions before 2024.3
    default = re.findall(r'^\s*"(\w+)"', block.group(1), re.M) if block else []
    return {*default, *(str(one.value) for one in Platform)}


def manifest(domain: str) -> dict:
    """The integration's own description; empty when this version does not have it."""
    file = BASE / "components" / domain / "manifest.json"
    return json.loads(file.read_text()) if file.exists() else {}


def unlisted(domains: set[str]) -> set[str]:
    """What is imported although no manifest of these integrations names it."""
    constraints = (BASE / "package_constraints.txt").read_text()
    found = set(re.findall(r"^numpy==\S+", constraints, re.M))  # camera and stream of 2024
    if "analytics" in domains:
        found |= set(manifest("hassio").get("requirements", []))
    if re.search(r"^hass-nabucasa==0\.[0-8]\d?\.", constraints, re.M):
        found.add("josepy<2")  # its acme breaks with the newer one: every request would be answered with 500
    return found


def main() -> None:
    todo = {*sys.argv[1:], *always_set_up(), "isal", "homeassistant"}
    manifests: dict[str, dict] = {}
    while todo:
        domain = todo.pop()
        manifests[domain] = manifest(domain)
        todo |= set(manifests[domain].get("dependencies", [])) - manifests.keys()
    listed = {one for each in manifests.values() for one in each.get("requirements", [])}
    print("\n".join(sorted(listed | unlisted(set(manifests)))))


main()
