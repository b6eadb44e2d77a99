import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublicAddress } from '../../src/net/public-addresses.ts';

/** Addresses that a client must not reach through this server, with the reason. */
const blocked: Record<string, string> = {
  '0.0.0.0': 'unspecified',
  '0.1.2.3': 'this network',
  '10.0.0.1': 'private',
  '100.64.0.1': 'shared by carriers',
  '127.0.0.1': 'loopback',
  '127.255.255.254': 'loopback',
  '169.254.169.254': 'metadata of clouds',
  '172.16.0.1': 'private',
  '172.31.255.255': 'private',
  '192.0.0.1': 'protocol assignments',
  '192.0.2.1': 'documentation',
  '192.88.99.1': 'relays of 6to4',
  '192.168.1.1': 'private',
  '198.18.0.1': 'benchmarks',
  '198.19.255.255': 'benchmarks',
  '198.51.100.1': 'documentation',
  '203.0.113.1': 'documentation',
  '224.0.0.1': 'multicast',
  '240.0.0.1': 'reserved',
  '255.255.255.255': 'broadcast',
  '::': 'unspecified',
  '::1': 'loopback',
  '::127.0.0.1': 'IPv4-compatible',
  '::ffff:127.0.0.1': 'IPv4-mapped',
  '::ffff:8.8.8.8': 'IPv4-mapped, even of a public address',
  '::ffff:0:127.0.0.1': 'IPv4-translated',
  '64:ff9b::7f00:1': 'NAT64 of loopback',
  '64:ff9b::808:808': 'NAT64',
  '64:ff9b:1::1': 'local NAT64',
  '100::1': 'discarded',
  '2001::1': 'Teredo',
  '2001:2::1': 'benchmarks',
  '2001:10::1': 'ORCHID',
  '2001:20::1': 'ORCHID',
  '2001:db8::1': 'documentation',
  '2002:7f00:1::': '6to4 of loopback',
  '3fff::1': 'documentation',
  '5f00::1': 'segment routing',
  'fc00::1': 'unique local',
  'fd00:ec2::254': 'metadata of clouds',
  'fe80::1': 'link-local',
  'fe80::1%eth0': 'link-local with a zone',
  'fec0::1': 'site-local',
  'ff02::1': 'multicast',
};

test('public and other addresses are told apart', () => {
  for (const [address, kind] of Object.entries(blocked))
    assert.equal(isPublicAddress(address), false, `${address} ${kind}`);
  const open = ['1.1.1.1', '8.8.8.8', '100.63.255.255', '172.32.0.1', '192.0.1.1', '223.255.255.254'];
  for (const address of [...open, '2001:4860:4860::8888', '2606:4700::1111', '2a00::1']) {
    assert.equal(isPublicAddress(address), true, address);
  }
  assert.equal(isPublicAddress('localhost'), false);
});
