import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import helper from 'node-red-node-test-helper';
import type { HomeTest, HomeValues } from '../../lib/home/wire';
import type { HomeAssistant } from '../../lib/ports/home-assistant';
import type { HomeNode } from '../../nodes/home/home-node';
import { register } from '../../nodes/index';
import { homeOf } from '../../nodes/support/home-of';
import { HomeServer } from '../support/home-server';

const TOKEN = 'token-of-the-home';
const TLS = path.join(__dirname, '../fixtures/tls');
const STORED = '__PWRD__';

interface ServerDef extends NodeDef {
  readonly addon?: boolean;
  readonly rejectUnauthorizedCerts?: boolean;
}

/** The `server` node of the Home Assistant nodes, as far as it matters, and one that only looks like it. */
function registerServers(RED: NodeAPI): void {
  function ServerNode(this: Node, def: ServerDef): void {
    RED.nodes.createNode(this, def);
    Object.assign(this, { config: def });
  }
  for (const type of ['server', 'other'])
    RED.nodes.registerType(type, ServerNode, { credentials: { host: { type: 'text' }, access_token: { type: 'text' } } });
}

describe('an oura-home node', () => {
  let server: HomeServer;
  let RED: NodeAPI;

  before((done) => {
    helper.init(require.resolve('node-red'));
    helper.startServer(done);
  });
  after((done) => {
    helper.stopServer(done);
  });
  beforeEach(async () => {
    server = await HomeServer.start({ token: TOKEN, components: ['api', 'mqtt'] });
  });
  afterEach(async () => {
    await helper.unload();
    await server.stop();
    for (const name of ['TEST_HOME_URL', 'TEST_HOME_TOKEN', 'SUPERVISOR_TOKEN']) Reflect.deleteProperty(process.env, name);
  });

  const load = async (home: object, credentials: object = {}, others: readonly object[] = []): Promise<void> => {
    const modules = [
      registerServers,
      (api: NodeAPI): void => {
        RED = api;
        register(api, 'oura-home');
      },
    ];
    const flow = [{ id: 'home', type: 'oura-home', version: 1, ...home }, ...others];
    // the typing leaves out custom properties
    await helper.load(modules, flow as unknown as Parameters<typeof helper.load>[1], credentials);
  };
  const homeAssistant = (): HomeAssistant => {
    const { homeAssistant: found } = (helper.getNode('home') as unknown as HomeNode).home; // ours
    assert.ok(found !== null);
    return found;
  };
  /** Waits until the connection is there, or cannot be made. */
  const changed = async (): Promise<void> => {
    const found = homeAssistant();
    if (found.facts === null && found.problem === null)
      await new Promise<void>((resolve) => {
        found.onFacts(() => {
          resolve();
        });
      });
  };
  const connected = async (): Promise<void> => {
    await changed();
    assert.equal(homeAssistant().problem, null);
  };
  const problem = async (): Promise<unknown> => {
    await changed();
    return (homeAssistant().problem as (Error & { readonly code: unknown }) | null)?.code; // an OuraError by the port's word
  };

  it('connects by address and token when it is deployed, and lets go when it is closed', async () => {
    await load({ via: 'url', url: `${server.url}/` }, { home: { accessToken: TOKEN } });
    await connected();
    assert.deepEqual(homeAssistant().facts, { version: '2026.11.0', isAdmin: true });
    await helper.unload();
    await server.until(() => server.clients === 0);
  });

  it('takes its texts from the environment', async () => {
    Object.assign(process.env, { TEST_HOME_URL: server.url, TEST_HOME_TOKEN: TOKEN });
    await load({ via: 'url', url: '${TEST_HOME_URL}' }, { home: { accessToken: '${TEST_HOME_TOKEN}' } });
    await connected();
  });

  it('says what others need to know, also where nothing was chosen', async () => {
    await load({ via: 'none', entities: 'companion', language: 'de', discoveryPrefix: '' });
    assert.deepEqual(homeOf(RED, 'home'), {
      id: 'home',
      entities: 'companion',
      discoveryPrefix: 'homeassistant',
      language: 'de',
      broker: null,
      homeAssistant: null,
    });
    assert.equal(homeOf(RED, 'another'), null);
  });

  describe('by a server of the Home Assistant nodes', () => {
    const serverNode = (more: object = {}): readonly object[] => [{ id: 'picked', type: 'server', rejectUnauthorizedCerts: true, ...more }];
    const credentials = (): object => ({ picked: { host: server.url, access_token: TOKEN } });

    it('uses its address and token', async () => {
      await load({ via: 'server', server: 'picked' }, credentials(), serverNode());
      await connected();
    });

    it('trusts a self-signed certificate if the server does', async () => {
      await server.stop();
      const read = (name: string): string => readFileSync(path.join(TLS, name), 'utf8');
      server = await HomeServer.start({ token: TOKEN, tls: { key: read('key.pem'), cert: read('cert.pem') } });
      await load({ via: 'server', server: 'picked' }, credentials(), serverNode());
      assert.equal(await problem(), 'tls_failed');
      await helper.unload();
      await load({ via: 'server', server: 'picked' }, credentials(), serverNode({ rejectUnauthorizedCerts: false }));
      await connected();
    });

    it('says that the server is gone, is another kind of node, or is not complete', async () => {
      for (const [others, kept] of [
        [[], {}],
        [[{ id: 'picked', type: 'other' }], credentials()],
        [serverNode(), { picked: { host: server.url } }],
        [serverNode(), { picked: { access_token: TOKEN } }],
      ] as const) {
        await load({ via: 'server', server: 'picked' }, kept, others);
        assert.equal(await problem(), 'server_unknown');
        await helper.unload();
      }
    });

    it('means the Supervisor where the server does, and says so when there is none', async () => {
      await load({ via: 'server', server: 'picked' }, {}, serverNode({ addon: true }));
      assert.equal(await problem(), 'supervisor_missing');
      await helper.unload();
      await load({ via: 'server', server: 'picked' }, { picked: { host: 'http://supervisor/core' } }, serverNode());
      assert.equal(await problem(), 'supervisor_missing');
      await helper.unload();
      await load({ via: 'supervisor' });
      assert.equal(await problem(), 'supervisor_missing');
    });
  });

  describe('tested from its dialog', () => {
    const ask = async (values: HomeValues, id = '-'): Promise<HomeTest> =>
      (await helper.request().post(`/oura/home/${id}/test`).send({ values }).expect(200)).body as HomeTest;
    const typed = (): HomeValues => ({ via: 'url', url: server.url, accessToken: TOKEN, broker: 'broker', entities: 'mqtt' });
    const codes = ({ problems }: HomeTest): readonly string[] => problems.map(({ code }) => code);

    beforeEach(() => load({ via: 'url', url: server.url }, { home: { accessToken: TOKEN } }));

    it('tells version, rights, MQTT and companion, and lets go again', async () => {
      await connected();
      const { clients } = server;
      const none = { version: '2026.11.0', isAdmin: true, mqtt: true, companion: null };
      assert.deepEqual(await ask(typed()), { ...none, problems: [] });
      server.on('nodered/version', () => '4.2.4');
      assert.deepEqual(await ask({ ...typed(), entities: 'companion' }), { ...none, companion: '4.2.4', problems: [] });
      await server.until(() => server.clients === clients);
    });

    it('tells everything that is missing for the chosen way', async () => {
      Object.assign(server, { isAdmin: false, version: '2023.12.4', components: ['api', 'nodered'], state: 'STARTING' });
      assert.deepEqual(codes(await ask({ ...typed(), broker: '' })), [
        'home_not_admin',
        'home_too_old',
        'home_away',
        'mqtt_missing',
        'broker_missing',
      ]);
      Object.assign(server, { isAdmin: true, version: '2024.10.4', state: 'RUNNING' });
      const { companion, problems } = await ask({ ...typed(), entities: 'companion' });
      assert.equal(companion, null); // that the component is loaded does not make it answer
      assert.deepEqual(problems, [
        { code: 'home_too_old', params: { version: '2024.10.4', needed: '2024.11' } },
        { code: 'companion_missing', params: {} },
      ]);
    });

    it('tells why Home Assistant is not reached', async () => {
      assert.deepEqual(codes(await ask({ ...typed(), accessToken: 'wrong' })), ['home_sign_in']);
      assert.deepEqual(codes(await ask({ ...typed(), accessToken: '' })), ['home_token_missing']);
      assert.deepEqual(codes(await ask({ ...typed(), url: 'homeassistant.local' })), ['home_address_invalid']);
      assert.deepEqual(codes(await ask({ ...typed(), via: 'server', server: 'gone' })), ['server_unknown']);
      assert.deepEqual(codes(await ask({ ...typed(), via: 'supervisor' })), ['supervisor_missing']);
      assert.deepEqual(codes(await ask({ via: 'none', broker: 'broker' })), []);
      assert.deepEqual(codes(await ask({ via: 'none' })), ['broker_missing']);
      assert.deepEqual(codes(await ask({ via: 'none', entities: 'companion' })), ['home_connection_missing']);
      await server.stop();
      assert.deepEqual((await ask(typed())).problems, [
        { code: 'home_away', params: { host: new URL(server.url).host, reason: 'ECONNREFUSED' } },
      ]);
    });

    it('fills in the environment, and says what is missing there', async () => {
      process.env['TEST_HOME_URL'] = server.url;
      assert.deepEqual(codes(await ask({ ...typed(), url: '${TEST_HOME_URL}' })), []);
      assert.deepEqual((await ask({ ...typed(), accessToken: '${TEST_HOME_TOKEN}' })).problems, [
        { code: 'environment_missing', params: { name: 'TEST_HOME_TOKEN' } },
      ]);
    });

    it('uses the stored token at the address it was stored for, and sends it nowhere else', async () => {
      assert.deepEqual(codes(await ask({ ...typed(), accessToken: STORED, url: `${server.url}/` }, 'home')), []);
      const other = await HomeServer.start({ token: TOKEN });
      assert.deepEqual(codes(await ask({ ...typed(), accessToken: STORED, url: other.url }, 'home')), ['home_token_other']);
      assert.deepEqual(codes(await ask({ ...typed(), accessToken: STORED }, 'another')), ['home_token_other']);
      assert.equal(other.connections, 0);
      await other.stop();
    });

    it('takes nothing but the values of the dialog', async () => {
      await helper
        .request()
        .post('/oura/home/-/test')
        .send({ values: { rejectUnauthorized: 'no' } })
        .expect(400);
      await helper.request().post('/oura/home/-/test').type('form').send('values=x').expect(422);
      await helper.request().post('/oura/home/a%20b/test').send({ values: {} }).expect(422);
    });

    it('says whether Node-RED is an app of Home Assistant, not with which token', async () => {
      assert.deepEqual((await helper.request().get('/oura/home/-/found').expect(200)).body, { supervisor: false });
      process.env['SUPERVISOR_TOKEN'] = 'secret';
      assert.deepEqual((await helper.request().get('/oura/home/-/found').expect(200)).body, { supervisor: true });
    });
  });
});
