// A page's heap, as Chromium's profiler reports it.

/**
 * Its reachable objects, strings and functions.
 * @param {import('playwright-core').CDPSession} session
 * @returns {Promise<{ type: string, name: string, size: number }[]>} `size` in bytes
 */
export async function heapNodes(session) {
  const parts = [];
  const take = ({ chunk }) => parts.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', take);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot, nodes, strings } = JSON.parse(parts.join(''));
  const {
    node_fields: fields,
    node_types: [types],
  } = snapshot.meta;
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  return Array.from({ length: nodes.length / fields.length }, (_, i) => i * fields.length).map(
    (at) => ({
      type: types[nodes[at + type]],
      name: strings[nodes[at + name]],
      size: nodes[at + size],
    }),
  );
}
