import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSlowReasons, wholeServers } from './fast-tests.ts';

/** Files per process. More would save little, and one crash would fail them all. */
const groupSize = 8;

/** Found in a file that measures or changes its process. */
const ownProcess =
  /\bmock\.|\bprocess\.(on|once|exit|exitCode|chdir|memoryUsage|cpuUsage)\b|\bsetFlags|\bglobalThis\.|\bperformance\.eventLoop|\bmonitorEventLoopDelay|^(before|after)Each\(/m;

export interface TestGroups {
  /** Files that need a process of their own. */
  alone: string[];
  groups: string[][];
}

/**
 * Divides test files into groups that share a process, because loading the server's modules and compiling the contract
 * takes a second, longer than most files run. Files that start processes, or measure or change their own, run alone.
 */
export function groupTests(root: string, files: readonly string[]): TestGroups {
  const reasons = findSlowReasons(root);
  const isShared = (file: string): boolean => {
    const reason = reasons.get(file);
    const isQuick = reasons.has(file) && (reason === undefined || reason === wholeServers);
    return isQuick && !ownProcess.test(readFileSync(join(root, file), 'utf8'));
  };
  const shared = files.filter(isShared);
  const count = Math.ceil(shared.length / groupSize);
  // Neighbours are alike, so each group gets one file of each stretch.
  const groups = Array.from({ length: count }, (_, index) => shared.filter((_, place) => place % count === index));
  return { alone: files.filter((file) => !isShared(file)), groups };
}
