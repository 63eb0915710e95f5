"""Saves every screen: phone and desk, light, dark and Arabic. `python -m tests.browser.screenshots ADDRESS FOLDER`."""

import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.screens import screens

SIZES = {"phone": (390, 844), "desk": (1280, 900)}


def main(address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        sys.exit("No Chromium is installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for device, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme
                )
                page = context.new_page()
                for screen in [*screens("ltr"), *(screens("rtl") if scheme == "light" else [])]:
                    page.goto(screen)
                    name = re.sub(r"\W+", "-", screen).strip("-")
                    page.screenshot(path=folder / f"{name}-{device}-{scheme}.png", full_page=True)
                context.close()
                print(f"{device}, {scheme}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
