/** The address of a host is not public. The message has no address: it would describe the network to a client. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';

  constructor() {
    super('its address is not public');
  }
}
