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

/** `CHROMIUM_PATH`, else the system's own, else the one in the npm package; text says why there is none. */
export async function launchChromium(): Promise<LaunchedChromium | string> {
  const path = installed.find((candidate) => candidate && existsSync(candidate));
  if (path !== undefined) return launch(path, process.env);
  if (process.platform === 'linux' && process.arch === 'x64') return launchPacked();
  return `no Chromium on ${process.platform} ${process.arch}: set CHROMIUM_PATH`;
}

async function launch(executablePath: string, env: NodeJS.ProcessEnv): Promise<LaunchedChromium> {
  // Its sandbox needs rights that containers and root don't give; the page under test is our own.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], env });
  return { browser, [Symbol.asyncDispose]: () => browser.close() };
}

/**
 * The package unpacks into the system's temporary directory, shared by all who run it at once, and brings the system
 * libraries that bare containers lack only where it takes the machine for its usual host. So it gets a directory of
 * its own and is told it is at home, for as long as it is loading.
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

/** The package's own names one fixed directory; without any font Chromium dies. */
function fontsConfiguration(directory: string): string {
  const places = [`<dir>${directory}/fonts</dir>`, `<cachedir>${directory}/fonts-cache</cachedir>`];
  return `<?xml version="1.0"?><fontconfig>${places.join('')}</fontconfig>`;
}
