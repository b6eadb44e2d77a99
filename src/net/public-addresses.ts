import { BlockList, isIP } from 'node:net';

/** IPv4 networks that are not public, from the registries of IANA for special purposes. */
const privateIpv4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // shared by carriers
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, with the metadata services of clouds
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // relays of 6to4
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, with broadcast
] as const;

/**
 * The only IPv6 network with public addresses. Outside it lie loopback, IPv4-mapped and -compatible addresses, NAT64,
 * unique local, link-local, site-local and multicast ones.
 */
const globalIpv6 = '2000::/3';

/** Networks within it that are not public, or that lead to an IPv4 address of any kind. */
const specialIpv6 = [
  '2001::/23', // protocol assignments, with Teredo, benchmarks and ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
] as const;

// One list for each family: Node compares IPv4 addresses with IPv4-mapped networks.
const blockedIpv4 = toList(privateIpv4, 'ipv4');
const publicIpv6 = toList([globalIpv6], 'ipv6');
const blockedIpv6 = toList(specialIpv6, 'ipv6');

/** Whether an IP address is public: neither of this machine nor of its networks. `false` for anything but an address. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/%.*$/s, '');
  switch (isIP(plain)) {
    case 4:
      return !blockedIpv4.check(plain, 'ipv4');
    case 6:
      return publicIpv6.check(plain, 'ipv6') && !blockedIpv6.check(plain, 'ipv6');
    default:
      return false;
  }
}

function toList(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}
