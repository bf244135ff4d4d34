// A visitor's network and processor, as Chromium emulates them.

/** "slow 4G": 150 ms for each request, 1.44 Mbit/s, a processor four times slower. */
export const SLOW_4G = { latency: 150, download: 180_000, upload: 90_000, slower: 4 };

/**
 * @param {{ page: import('playwright-core').Page, context: import('playwright-core').BrowserContext
 *   }} opened
 * @param {{ latency?: number, download?: number, upload?: number, slower?: number }} conditions
 *   milliseconds for each request, bytes a
 *   second, and how many times slower the processor is; what is left out is this machine's
 * @returns the session of the developer tools' protocol, which tells what the network does
 */
export async function emulate({ page, context }, { latency, download, upload, slower }) {
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  if (latency !== undefined) {
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency,
      downloadThroughput: download,
      uploadThroughput: upload,
    });
  }
  if (slower) await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  return session;
}
