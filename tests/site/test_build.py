"""`coe build`: what is published, what stops it, and what it never touches."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from coe.errors import CoeError
from coe.site import output
from tests.site.conftest import ROOT, coe, coe_text, small_files, write


def text_of(site: Path, page: str = "") -> str:
    return (site / page / "index.html").read_text("utf-8")


def everything(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8", errors="replace") for path in sorted(folder.rglob("*")) if path.is_file())


def test_every_kind_of_page_is_there(small: Path) -> None:
    run = coe("build", "--as-of", "2026-08-20", cwd=small)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 COE, " in run.stderr
    assert "site/index.html" in run.stderr
    site = small / "site"
    assert "Checkout errors in Europe" in text_of(site, "coes")
    page = text_of(site, "coes/2026-07-14-pool")
    assert "Draft." in page
    assert "31 min" in page
    assert "<svg" in page
    assert 'href="../../services/checkout/"' in page
    assert "Checkout errors in Europe" in text_of(site, "services/checkout")
    assert "Retry budgets in all clients" in text_of(site, "tenets/static-stability")
    assert '<a class="coe-link" href="https://example.com/a"' in text_of(site, "programs/retry-budgets")
    assert "19 d overdue" in text_of(site, "actions")
    assert "Retry budgets become a program" in text_of(site, "reviews/2026-W30")
    assert "2026-W30" in text_of(site, "reviews")


def test_people_of_the_catalog_are_never_published(small: Path) -> None:
    assert coe("build", cwd=small).returncode == 0
    found = everything(small / "site") + everything(small / ".coe")
    assert not re.search(r"Example Person|secret-handle|someone@example|someone&#64;example", found)


def test_coes_of_another_visibility_are_as_if_they_were_not_there(tmp_path: Path) -> None:
    hidden = coe_text("2026-07-15-hidden", title="Zebrafish leaked everywhere", visibility="restricted")
    more = "related: [{type: related, id: 2026-07-15-hidden, note: Same}]\n"
    files = small_files(more=more, body="See [it](2026-07-15-hidden.md).") | {"coes/2026/2026-07-15-hidden.md": hidden}
    files["reviews/2026-W30.md"] = files["reviews/2026-W30.md"].replace(
        "reviewed: [", "spotlight: 2026-07-15-hidden\nreviewed: [{coe: 2026-07-15-hidden, outcome: accepted}, "
    )
    files["tenets/static-stability.md"] = files["tenets/static-stability.md"].replace(
        "status:", "sources: [2026-07-15-hidden]\nstatus:"
    )
    folder = write(tmp_path / "r", files)
    run = coe("build", cwd=folder)
    assert run.returncode == 0, run.stdout + run.stderr
    found = everything(folder / "site") + everything(folder / ".coe")
    assert "Zebrafish" not in found
    assert "hidden" not in re.sub(
        r"aria-hidden|visually-hidden|coe-hidden|\bhidden\b(?=[^-]|$)", "", text_of(folder / "site", "coes/2026-07-14-pool")
    )
    assert "2026-07-15-hidden" not in found


def test_a_broken_link_stops_the_build_at_its_line(small: Path) -> None:
    write(small, {"coes/2026/2026-07-14-pool.md": coe_text(body="Text.\n\nSee [the plan](../plan.md).")})
    run = coe("build", cwd=small)
    assert run.returncode == 1
    assert re.search(r"coes/2026/2026-07-14-pool\.md:\d+:16", run.stdout)
    assert "broken-link" in run.stdout
    assert not (small / "site").exists()


def test_a_broken_reference_stops_the_build_and_leaves_the_last_site(small: Path) -> None:
    assert coe("build", cwd=small).returncode == 0
    before = text_of(small / "site")
    write(
        small,
        {
            "programs/retry-budgets.md": small_files()["programs/retry-budgets.md"].replace(
                "[static-stability]", "[no-such-tenet]"
            )
        },
    )
    run = coe("build", cwd=small)
    assert run.returncode == 1
    assert re.search(r"programs/retry-budgets\.md:7:\d+", run.stdout)
    assert "no-such-tenet" in run.stdout
    assert text_of(small / "site") == before


def test_a_flaw_in_a_document_stops_the_build_even_when_the_configuration_selects_other_rules(small: Path) -> None:
    write(
        small, {"coe.toml": '[lint]\nselect = ["language"]\n', "coes/2026/2026-07-14-pool.md": coe_text(more="severty: SEV1\n")}
    )
    run = coe("build", cwd=small)
    assert run.returncode == 1
    assert "severty" in run.stdout


def test_no_strict_builds_what_can_be_built(small: Path) -> None:
    write(small, {"coes/2026/2026-07-15-flawed.md": coe_text("2026-07-15-flawed", more="severty: SEV1\n")})
    run = coe("build", "--no-strict", cwd=small)
    assert run.returncode == 0, run.stderr
    assert "severty" in run.stdout
    assert "Checkout errors in Europe" in text_of(small / "site", "coes")
    assert not (small / "site/coes/2026-07-15-flawed").exists()


def test_the_same_corpus_and_day_stage_the_same_bytes(small: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "elsewhere" / "small", small_files())

    def digests(folder: Path) -> dict[str, str]:
        assert coe("build", "--as-of", "2026-08-20", cwd=folder, PYTHONHASHSEED=str(len(str(folder)))).returncode == 0
        staging = folder / ".coe/site-staging"
        return {
            path.relative_to(staging).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in staging.rglob("*")
            if path.is_file()
        }

    assert digests(small) == digests(other)


def test_the_day_comes_from_the_environment_when_no_option_gives_it(small: Path) -> None:
    assert coe("build", cwd=small, SOURCE_DATE_EPOCH="1785585600").returncode == 0
    assert "As of <time datetime=2026-08-01>" in text_of(small / "site", "actions").replace('"', "")


def test_pages_styles_and_overrides_of_the_user_survive(small: Path) -> None:
    write(
        small,
        {
            "mkdocs.yml": (
                "site_name: Ours\ntheme: {name: material, custom_dir: over}\nextra_css: [own.css]\n"
                "nav: [{Glossary: glossary.md}]\n"
            ),
            "docs/glossary.md": "# Glossary\n\nTTD is *time to detect*.\n",
            "docs/own.css": "body{}",
            "over/main.html": '{% extends "base.html" %}{% block announce %}Our own banner{% endblock %}',
        },
    )
    write(small, {"coes/2026/2026-07-14-pool.md": coe_text(body="See [the words](../../docs/glossary.md).")})
    run = coe("build", cwd=small)
    assert run.returncode == 0, run.stdout + run.stderr
    site = small / "site"
    page = text_of(site)
    assert "Our own banner" in page
    assert "Ours" in page
    assert page.index("assets/coe.css") < page.index("own.css")
    assert (site / "own.css").read_text() == "body{}"
    assert "<em>time to detect</em>" in text_of(site, "glossary")
    assert 'href="glossary/"' in page
    assert 'href="../../glossary/"' in text_of(site, "coes/2026-07-14-pool")


def test_links_out_of_the_repository_are_not_published(small: Path) -> None:
    (small.parent / "secret.txt").write_text("SECRET")
    write(small, {"docs/own.txt": "mine"})
    (small / "docs/leak.txt").symlink_to(small.parent / "secret.txt")
    assert coe("build", cwd=small).returncode == 0
    assert (small / "site/own.txt").exists()
    assert not (small / "site/leak.txt").exists()


@pytest.mark.parametrize(("arguments", "epoch"), [(["--as-of", "2026-02-30"], ""), ([], "99999999999999999999"), ([], "soon")])
def test_a_day_that_is_none_is_said(small: Path, arguments: list[str], epoch: str) -> None:
    run = coe("build", *arguments, cwd=small, SOURCE_DATE_EPOCH=epoch)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_a_first_page_of_the_user_stays_the_first_page(small: Path) -> None:
    write(small, {"docs/index.md": "# Welcome\n"})
    assert coe("build", cwd=small).returncode == 0
    assert "Welcome" in text_of(small / "site")
    assert "Checkout errors in Europe" in text_of(small / "site", "coes")


def test_pictures_are_copied_and_files_that_can_run_are_not(small: Path) -> None:
    body = "![a](img/a.png) [log](img/b.txt) [page](img/c.html) ![drawing](img/d.svg) [env](../../.env) ![out](../../../x.png)"
    write(small, {
        "coes/2026/2026-07-14-pool.md": coe_text(body=body), "coes/2026/img/a.png": "png", "coes/2026/img/b.txt": "log",
        "coes/2026/img/c.html": "<script>alert(1)</script>", "coes/2026/img/d.svg": "<svg onload='alert(1)'/>",
        ".env": "SECRET",
    })  # fmt: skip
    (small.parent / "x.png").write_text("outside")
    run = coe("build", "--no-strict", cwd=small)
    assert run.returncode == 0, run.stderr
    site = small / "site"
    assert sorted(path.name for path in (site / "files").rglob("*") if path.is_file()) == ["a.png", "b.txt"]
    page = text_of(site, "coes/2026-07-14-pool")
    assert 'src="../../files/coes/2026/img/a.png"' in page
    assert "data:image/svg+xml;base64," in page
    assert "c.html" not in page


@pytest.mark.parametrize("output", ["coes", ".", "own"])
def test_a_folder_with_other_files_is_never_replaced(small: Path, output: str) -> None:
    write(small, {"own/file.txt": "mine"})
    run = coe("build", "--output", output, cwd=small)
    assert run.returncode == 2
    assert "holds files that no build wrote" in run.stderr
    assert (small / "own/file.txt").read_text() == "mine"
    assert (small / "coes/2026/2026-07-14-pool.md").exists()


def test_the_last_line_says_how_to_go_on_from_here(small: Path) -> None:
    assert "next: `coe serve` shows it" in coe("build", cwd=small).stderr
    assert "next: `coe serve small` shows it" in coe("build", "small", cwd=small.parent).stderr


def test_a_link_in_the_place_of_the_site_stays_and_what_it_leads_to_is_written(small: Path, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (small / "site").symlink_to(tmp_path / "www", target_is_directory=True)
    for _ in range(2):
        run = coe("build", cwd=small)
        assert run.returncode == 0, run.stderr
        assert (small / "site").is_symlink()
        assert (tmp_path / "www/index.html").is_file()
    (tmp_path / "www/.coe-site").unlink()
    assert "holds files that no build wrote" in coe("build", cwd=small).stderr


def test_a_disk_in_the_place_of_the_site_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr(output, "_swap", busy)
    monkeypatch.setattr("os.path.ismount", lambda _: True)
    with pytest.raises(CoeError, match="cannot write") as caught, output.replaced(tmp_path / "disk"):
        pass
    assert "Write below it: --output" in (caught.value.help or "")


def test_a_new_site_that_cannot_take_its_place_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / output.MARKER).touch()
    (tmp_path / "site" / "old.html").touch()
    rename = Path.rename

    def held(self: Path, target: Path) -> Path:
        if self.name == ".site.new":
            raise PermissionError(13, "Access is denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(CoeError, match="Access is denied"), output.replaced(tmp_path / "site") as fresh:
        (fresh / "new.html").touch()
    assert sorted(one.name for one in (tmp_path / "site").iterdir()) == [output.MARKER, "old.html"]
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_without_the_extra_the_command_says_what_to_install(small: Path) -> None:
    code = "import sys; sys.modules['mkdocs'] = None; sys.argv = ['coe', 'build']; from coe.__main__ import main; main()"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, "-c", code], cwd=small, capture_output=True, text=True, check=False, env=env)
    assert run.returncode == 2
    assert run.stderr == "error: the site needs mkdocs-material\n  help: pip install 'coekit[site]'\n"


def test_a_repository_without_documents_is_said(tmp_path: Path) -> None:
    run = coe("build", cwd=write(tmp_path / "empty", {}))
    assert run.returncode == 2
    assert "no COE in" in run.stderr


def test_staging_is_hidden_from_git(small: Path) -> None:
    assert coe("build", cwd=small).returncode == 0
    assert (small / ".coe/.gitignore").read_text() == "*\n"


def test_a_template_of_the_user_takes_the_place_of_ours(small: Path) -> None:
    write(small, {"coe.toml": '[site]\ntemplates = "mine"\n', "mine/site/tenet.html": "<h1>Our own {{ tenet.title }}</h1>"})
    assert coe("build", cwd=small).returncode == 0
    assert "Our own Static stability" in text_of(small / "site", "tenets/static-stability")


def test_addresses_name_files_when_the_settings_ask_for_it(small: Path) -> None:
    write(small, {"mkdocs.yml": "site_name: x\nuse_directory_urls: false\n"})
    assert coe("build", cwd=small).returncode == 0
    assert 'href="../../services/checkout/index.html"' in text_of(small / "site", "coes/2026-07-14-pool")
