"""`python -m tests.bench`: the shop beside a bare program, in one run, on one machine.

Both run behind the same server with the same workers over the same PostgreSQL, by turns, and the
median of the rounds counts. A ratio of 1 means as many pages a second as the bare program.
"""

import argparse
import compileall
import os
import sys
from collections.abc import Iterator
from statistics import median

from tests.bench import flow, load, pages, servers
from tests.bench.load import Figures
from tests.bench.servers import Program

HEADING = (
    f"{'page':<34}{'bare/s':>8}{'POL/s':>8}{'ratio':>7}{'p50':>7}{'p95':>7}{'p99':>7}{'KB':>7}"
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each turn")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--products", type=int, nargs="+", default=[1_000, 50_000])
    asked = parser.parse_args()
    os.environ.setdefault("SECRET_KEY", "bench" * 8)
    compileall.compile_dir("pol", quiet=1)  # as `make run` does
    with servers.postgres() as server:
        urls = {products: servers.catalogue(server, products) for products in asked.products}
        for products, url in urls.items():
            _say(f"\n{products} products, {servers.WORKERS} workers\n{HEADING}")
            for line in measure(url, products, asked.seconds, asked.rounds):
                _say(line)
        _say(f"\n{min(urls)} against {max(urls)} products\n{HEADING.replace('bare', 'few ', 1)}")
        _say(compare_sizes(urls[min(urls)], urls[max(urls)], asked.seconds, asked.rounds))


def measure(url: str, products: int, seconds: float, rounds: int) -> Iterator[str]:
    """Yield one line for each kind of page, and what else there is to know."""
    with (
        servers.running("tests.bench.bare:app", url) as bare,
        servers.running("wsgi:app", url, POL_PUBLIC_CACHE="0") as shop,
    ):
        for page in pages.uncached(products, shop.port):
            yield compare(page, bare, shop, seconds, rounds)
        for page in pages.far(products, shop.port):
            yield compare(page, shop, shop, seconds, 2 * rounds)
        yield compare_flows(url, products, bare, shop, seconds, rounds)
        yield f"{shop.mebibytes():.0f} MiB for workers, first page after {shop.started_in:.2f} s"
        yield served(url, products, seconds)
        with servers.running("wsgi:app", url) as cached:
            for page in pages.cached(cached.port):
                yield compare(page, bare, cached, seconds, rounds)
    for name, count in pages.statements(url):
        yield f"{name}: {count} statements"


def served(url: str, products: int, seconds: float) -> str:
    """Ask everything of `flask serve`, whose workers are forks; return what they take then."""
    with servers.serving(url, POL_PUBLIC_CACHE="0") as shop:
        for page in pages.uncached(products, shop.port):
            load.run(shop.port, page.shop, seconds / 2)
        flow.run(shop.port, products, seconds, has_form=True)
        return f"{shop.mebibytes():.0f} MiB for workers of flask serve, after all that"


def compare(page: pages.Page, bare: Program, shop: Program, seconds: float, rounds: int) -> str:
    """Let both answer by turns; return a line of the table."""
    theirs: list[Figures] = []
    ours: list[Figures] = []
    for turn in range(rounds + 1):
        results = (
            load.run(bare.port, page.bare, seconds if turn else 0.5),
            load.run(shop.port, page.shop, seconds if turn else 0.5),
        )
        if turn:  # the first warms up
            theirs.append(results[0])
            ours.append(results[1])
    ratios = [our.per_second / their.per_second for our, their in zip(ours, theirs, strict=True)]
    middle = sorted(ours, key=lambda figures: figures.per_second)[rounds // 2]
    refused = sum(figures.refused for figures in ours + theirs)
    return (
        f"{page.name:<34}{median(f.per_second for f in theirs):>8.0f}{middle.per_second:>8.0f}"
        f"{median(ratios):>7.2f}{middle.p50:>7.1f}{middle.p95:>7.1f}{middle.p99:>7.1f}"
        f"{middle.bytes / 1024:>7.1f}" + (f"  {refused} REFUSED" if refused else "")
    )


def compare_sizes(few: str, many: str, seconds: float, rounds: int) -> str:
    """Let the shop answer beside few and beside many products by turns; return a line."""
    with (
        servers.running("wsgi:app", few, POL_PUBLIC_CACHE="0") as small,
        servers.running("wsgi:app", many, POL_PUBLIC_CACHE="0") as large,
    ):
        return compare(pages.lists(), small, large, seconds, 2 * rounds)


def compare_flows(
    url: str, products: int, bare: Program, shop: Program, seconds: float, rounds: int
) -> str:
    """Let both take orders by turns, twice as often as pages; return a line of the table.

    Both warm up, then PostgreSQL looks at the tables, which were empty: otherwise both programs
    would keep plans that suit empty tables.
    """

    def take_turns(seconds: float) -> tuple[float, float]:
        return (
            flow.run(bare.port, products, seconds, has_form=False),
            flow.run(shop.port, products, seconds, has_form=True),
        )

    take_turns(seconds)
    servers.analyze(url)
    pairs = [take_turns(seconds) for _ in range(2 * rounds + 1)]
    theirs, ours = (median(side) for side in zip(*pairs, strict=True))
    ratio = median(our / their for their, our in pairs)
    return f"{'checkout (add x 3, place, thanks)':<34}{theirs:>8.1f}{ours:>8.1f}{ratio:>7.2f}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
