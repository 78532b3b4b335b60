/** Leaves the product's pages for another address. */
export const leaving = {
  to: (address: string): void => window.location.assign(address),
};

/** Whether a browser may be sent there to pay: encrypted, or on this very machine. */
export function isSafe(address: string): boolean {
  try {
    const { protocol, hostname, username, password } = new URL(address);
    const here = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
    return username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && here));
  } catch {
    return false;
  }
}
