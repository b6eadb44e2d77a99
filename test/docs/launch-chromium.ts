import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

export interface LaunchedChromium extends AsyncDisposable {
  browser: Browser;
}

const installed = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Finds `CHROMIUM_PATH`, the system's Chromium or that of the npm package. Returns text with the reason if none runs. */
export async function launchChromium(): Promise<LaunchedChromium | string> {
  const path = installed.find((candidate) => candidate && existsSync(candidate));
  if (path !== undefined) return launch(path, process.env);
  if (process.platform === 'linux' && process.arch === 'x64') return launchPacked();
  return `no Chromium on ${process.platform} ${process.arch}: set CHROMIUM_PATH`;
}

async function launch(executablePath: string, env: NodeJS.ProcessEnv): Promise<LaunchedChromium> {
  // Chromium's sandbox needs rights that containers and root lack. The page under test is our own.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], env });
  return { browser, [Symbol.asyncDispose]: () => browser.close() };
}

/**
 * Loads Chromium from the npm package, with a temporary directory of its own and the environment of its usual host. The
 * package otherwise unpacks into a directory shared by concurrent runs, and omits the libraries that bare containers lack.
 */
async function launchPacked(): Promise<LaunchedChromium> {
  const directory = await mkdtemp(join(tmpdir(), 'talaria-chromium-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  const before = { ...process.env };
  try {
    Object.assign(process.env, { TMPDIR: directory, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' });
    const { default: packed } = await import('@sparticuz/chromium');
    const path = await packed.executablePath();
    await writeFile(join(directory, 'fonts', 'fonts.conf'), fontsConfiguration(directory));
    const { browser } = await launch(path, { ...process.env, TMPDIR: directory });
    const close = () => browser.close().finally(remove);
    return { browser, [Symbol.asyncDispose]: close };
  } catch (error) {
    await remove();
    throw error;
  } finally {
    process.env = before;
  }
}

/** Writes a font configuration. The package's own names one fixed directory, and Chromium crashes without fonts. */
function fontsConfiguration(directory: string): string {
  const places = [`<dir>${directory}/fonts</dir>`, `<cachedir>${directory}/fonts-cache</cachedir>`];
  return `<?xml version="1.0"?><fontconfig>${places.join('')}</fontconfig>`;
}
