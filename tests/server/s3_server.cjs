// A server with S3’s API for sources.test.mjs, in a process of its own: the tokens of its lists
// need an old cipher, which Node has to be asked for.
//
//     node --openssl-legacy-provider tests/server/s3_server.cjs FOLDER

const S3rver = require('s3rver');

new S3rver({
  ...{ port: 0, address: '127.0.0.1', silent: true, directory: process.argv[2] },
  configureBuckets: [{ name: 'files' }],
})
  .run()
  .then(({ port }) => console.log(port));
