// Encrypts and decrypts as Nitejar does, and reads and writes the tables with better-sqlite3.
// Input: a JSON object on standard input; its "do" names a function below. Output: the function's result as JSON.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');

const SENSITIVE = ['clientSecret', 'webhookSecret', 'privateKey'];

function keyOf(text) {
  if (text.length === 64) return Buffer.from(text, 'hex');
  if (text.length === 44) return Buffer.from(text, 'base64');
  if (text.length === 32) return Buffer.from(text, 'utf8');
  throw new Error('no key');
}

function encrypt(key, value, iv = crypto.randomBytes(16)) {
  const cipher = crypto.createCipheriv('aes-256-gcm', keyOf(key), iv);
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return 'enc:' + Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
}

function decrypt(key, value) {
  const bytes = Buffer.from(value.slice('enc:'.length), 'base64');
  const decipher = crypto.createDecipheriv('aes-256-gcm', keyOf(key), bytes.subarray(0, 16));
  decipher.setAuthTag(bytes.subarray(16, 32));
  return Buffer.concat([decipher.update(bytes.subarray(32)), decipher.final()]).toString('utf8');
}

function withDatabase(path, use) {
  const Database = require('better-sqlite3');
  const database = new Database(path, { fileMustExist: true });
  database.pragma('foreign_keys = ON');
  try {
    return use(database);
  } finally {
    database.close();
  }
}

function insert(database, table, row) {
  const columns = Object.keys(row);
  const marks = columns.map((column) => '@' + column).join(', ');
  return database
    .prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`)
    .run(row).lastInsertRowid;
}

const actions = {
  encryptAll: ({ key, values }) => values.map((value) => encrypt(key, value)),

  decryptAll: ({ key, values }) => values.map((value) => decrypt(key, value)),

  /** Writes a row of each table; the repository leaves its times to the database. */
  writeRows: ({ path, key, config, integration, agent, installation, repo, capabilities }) =>
    withDatabase(path, (database) => {
      const stored = { ...config };
      for (const field of SENSITIVE) stored[field] = encrypt(key, stored[field]);
      insert(database, 'integrations', { ...integration, config: JSON.stringify(stored) });
      insert(database, 'agents', agent);
      const parent = insert(database, 'github_installations', {
        ...installation,
        integration_id: integration.id,
      });
      const child = insert(database, 'github_repos', { ...repo, installation_id: parent });
      insert(database, 'agent_repo_capabilities', {
        agent_id: agent.id,
        github_repo_id: child,
        capabilities: JSON.stringify(capabilities),
      });
      return null;
    }),

  /** Every row of every table as JavaScript sees it, and the configuration decrypted. */
  readRows: ({ path, key }) =>
    withDatabase(path, (database) => {
      const one = (table) => database.prepare(`SELECT * FROM ${table}`).get();
      const integration = one('integrations');
      const config = JSON.parse(integration.config);
      for (const field of SENSITIVE) config[field] = decrypt(key, config[field]);
      const grant = one('agent_repo_capabilities');
      return {
        config,
        integration: { ...integration, config: undefined },
        agent: one('agents'),
        installation: one('github_installations'),
        repo: one('github_repos'),
        capabilities: JSON.parse(grant.capabilities),
      };
    }),
};

const input = JSON.parse(fs.readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(actions[input.do](input)));
