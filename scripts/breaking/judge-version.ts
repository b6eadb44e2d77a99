/** Whether a version may break the promises of the released one (semver.org, items 4 and 8). */
export function mayBreak(released: string, current: string): boolean {
  const [oldMajor, oldMinor] = parts(released);
  const [major, minor] = parts(current);
  if (major !== oldMajor) return major > oldMajor;
  return major === 0 && minor > oldMinor;
}

function parts(version: string): [major: number, minor: number] {
  const match = /^(\d+)\.(\d+)\.\d+/.exec(version);
  if (!match) throw new Error(`'${version}' is not a version. Expected the form 1.2.3.`);
  return [Number(match[1]), Number(match[2])];
}
