// Prints the four scores of home, list, project and result on a phone: the median of three runs for performance.
// Fails when accessibility, best practices or SEO is below 100.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const [address, lighthouse] = process.argv.slice(2);
const screens = {
  home: "/en/",
  list: "/en/budgets/rivemont/projects/",
  project: "/en/budgets/rivemont/projects/4/",
  result: "/en/budgets/toulouse-2019/result/toulouse-2019/",
};
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
const flags = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

// Lighthouse asks to be run again when Chromium's trace has no beginning. A score is never asked for twice.
const TRIES = 5;

function scores(path, tries = TRIES) {
  const words = [lighthouse, address + path, "--quiet", "--output=json", `--chrome-flags=${flags}`, "--only-categories=performance,accessibility,best-practices,seo"];
  const run = spawnSync(process.execPath, words, { encoding: "utf8", maxBuffer: 2 ** 28, env: { ...process.env, CHROME_PATH: chromium } });
  if (run.status !== 0 && run.stderr.includes("NO_NAVSTART") && tries > 1) return scores(path, tries - 1);
  if (run.status !== 0) throw new Error(run.stderr.split("\n").slice(-5).join("\n"));
  const report = JSON.parse(run.stdout);
  const failed = Object.values(report.audits).filter((audit) => audit.score !== null && audit.score < 1 && audit.scoreDisplayMode === "binary");
  return { ...Object.fromEntries(Object.entries(report.categories).map(([name, one]) => [name, Math.round(one.score * 100)])), failed: failed.map((audit) => audit.id) };
}

let bad = false;
console.log("screen   performance  accessibility  best practices  SEO");
for (const [name, path] of Object.entries(screens)) {
  const runs = [1, 2, 3].map(() => scores(path));
  const row = ["accessibility", "best-practices", "seo"].map((category) => median(runs.map((run) => run[category])));
  bad ||= row.some((score) => score < 100);
  console.log(`${name.padEnd(9)}${String(median(runs.map((run) => run.performance))).padEnd(13)}${String(row[0]).padEnd(15)}${String(row[1]).padEnd(16)}${row[2]}  ${row.some((score) => score < 100) ? runs[0].failed.join(" ") : ""}`);
}
process.exit(bad ? 1 : 0);
