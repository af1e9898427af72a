/*
 * node-zookeeper-client's operations and watches, with a session that outlives its connection and a member.
 *
 * Each line "ok NAME" is an operation that answered as it should; a line "@REQUEST" asks the test for what this client cannot do.
 */
'use strict';

const readline = require('readline');
const util = require('util');
const zookeeper = require('node-zookeeper-client');

const { ACL, CreateMode, Event, Exception, Id, Permission, State } = zookeeper;
const WAIT_MS = 30000;
const OPTIONS = { sessionTimeout: 10000, spinDelay: 100, retries: 0 };

let operations = 0;

function same(operation, expected, actual) {
    if (!util.isDeepStrictEqual(expected, actual)) {
        console.log('FAILED %s: expected %s but was %s', operation, util.inspect(expected), util.inspect(actual));
        process.exit(1);
    }
    operations += 1;
    console.log('ok ' + operation);
}

async function fails(operation, expected, promise) {
    try {
        same(operation, expected, await promise);
    } catch (failure) {
        same(operation, expected, failure.name);
    }
}

/** Things that come, to be taken in their order. */
class Box {
    constructor() {
        this.things = [];
        this.takers = [];
    }

    put(thing) {
        const taker = this.takers.shift();
        if (taker) {
            taker(thing);
        } else {
            this.things.push(thing);
        }
    }

    take() {
        if (this.things.length > 0) {
            return Promise.resolve(this.things.shift());
        }
        return new Promise((resolve, reject) => {
            const late = setTimeout(() => reject(new Error('nothing came')), WAIT_MS);
            this.takers.push((thing) => {
                clearTimeout(late);
                resolve(thing);
            });
        });
    }

    takeAll() {
        return this.things.splice(0);
    }
}

const answers = new Box();
readline.createInterface({ input: process.stdin }).on('line', (line) => answers.put(line));

function ask(request) {
    console.log('@' + request);
    return answers.take();
}

function ear() {
    const heard = new Box();
    heard.watch = (event) => heard.put(event.name + ' ' + event.path);
    return heard;
}

/** The operations of the client as promises; one with several results gives an array. */
function promising(client) {
    const wrap = (name) => (...values) => new Promise((resolve, reject) => {
        client[name](...values, (error, ...results) => {
            if (error) {
                reject(error);
            } else {
                resolve(results.length > 1 ? results : results[0]);
            }
        });
    });
    const names = ['create', 'remove', 'exists', 'getData', 'setData', 'getChildren', 'getACL', 'setACL', 'mkdirp'];
    return Object.fromEntries(names.map((name) => [name, wrap(name)]));
}

/** A transaction answers with its results though it failed, so the two are told apart by hand. */
function commit(transaction) {
    return new Promise((resolve) => transaction.commit((error, results) => resolve([error, results])));
}

async function connected(hosts) {
    const client = zookeeper.createClient(hosts, OPTIONS);
    const states = new Box();
    client.on('state', (state) => states.put(state));
    client.connect();
    same('connect ' + operations, State.SYNC_CONNECTED, await states.take());
    return [client, states];
}

async function nodes(client, zk) {
    same('create', '/app', await zk.create('/app', Buffer.from('one')));
    same('exists', 0, (await zk.exists('/app', null)).version);
    same('exists of a missing node', null, await zk.exists('/none', null));
    const [data, stat] = await zk.getData('/app', null);
    same('getData', ['one', 3], [data.toString(), stat.dataLength]);
    await fails('getData of a missing node', 'NO_NODE', zk.getData('/none', null));
    same('setData', 1, (await zk.setData('/app', Buffer.from('two'), 0)).version);
    await fails('setData of an old version', 'BAD_VERSION', zk.setData('/app', Buffer.from('three'), 0));
    await fails('create what is there', 'NODE_EXISTS', zk.create('/app', Buffer.alloc(0)));
    await fails('create without a parent', 'NO_NODE', zk.create('/none/child', Buffer.alloc(0)));
    same('mkdirp', '/app/a/b/c', await zk.mkdirp('/app/a/b/c'));
    same('create sequential', '/app/s-0000000001', await zk.create('/app/s-', CreateMode.PERSISTENT_SEQUENTIAL));
    same('create ephemeral sequential', '/app/s-0000000002', await zk.create('/app/s-', CreateMode.EPHEMERAL_SEQUENTIAL));
    await zk.create('/app/live', Buffer.alloc(0), CreateMode.EPHEMERAL);
    const owner = (await zk.exists('/app/live', null)).ephemeralOwner;
    same('create ephemeral', client.getSessionId().toString('hex'), owner.toString('hex'));
    await fails('create below an ephemeral', 'NO_CHILDREN_FOR_EPHEMERALS', zk.create('/app/live/child', Buffer.alloc(0)));
    const [children, parent] = await zk.getChildren('/app', null);
    same('getChildren', ['a', 'live', 's-0000000001', 's-0000000002'], children.sort());
    same('its Stat', [4, 4], [parent.numChildren, parent.cversion]);
    await fails('remove what has children', 'NOT_EMPTY', zk.remove('/app/a', -1));
    await fails('remove of another version', 'BAD_VERSION', zk.remove('/app/a/b/c', 7));
    await zk.remove('/app/a/b/c', 0);
    same('remove', null, await zk.exists('/app/a/b/c', null));
}

async function access(client, zk, hosts) {
    client.addAuthInfo('digest', Buffer.from('bob:pw'));
    const acl = [new ACL(Permission.ALL, new Id('digest', 'bob:ikIaKsbtGweaHnb/jKn7OHqbunM='))];
    same('create with an ACL', '/app/secret', await zk.create('/app/secret', Buffer.from('s'), acl));
    const [found] = await zk.getACL('/app/secret');
    same('getACL', ['digest', acl[0].id.id], [found[0].id.scheme, found[0].id.id]);
    same('setACL', 1, (await zk.setACL('/app/a/b', acl, 0)).aversion);
    const [stranger] = await connected(hosts);
    await fails("a stranger's getData", 'NO_AUTH', promising(stranger).getData('/app/secret', null));
    stranger.close();
}

async function transactions(client, zk) {
    const [error, results] = await commit(client.transaction()
        .create('/app/m', Buffer.from('m'))
        .check('/app/m', 0)
        .setData('/app/m', Buffer.from('n'), 0)
        .create('/app/m/s-', CreateMode.PERSISTENT_SEQUENTIAL));
    same('transaction', [null, '/app/m', 1, '/app/m/s-0000000000'],
        [error, results[0].path, results[2].stat.version, results[3].path]);
    const [refused] = await commit(client.transaction()
        .setData('/app/m', Buffer.from('x'), -1)
        .check('/app/m', 7)
        .remove('/app/m/s-0000000000', -1));
    same('a transaction that fails', Exception.BAD_VERSION, refused.getCode());
    same('nothing of it is done', 'n', (await zk.getData('/app/m', null))[0].toString());
}

async function watches(zk) {
    const heard = ear();
    await zk.getData('/app', heard.watch);
    await zk.setData('/app', Buffer.from('three'), -1);
    same('an own change is heard', 'NODE_DATA_CHANGED /app', await heard.take());
    await zk.setData('/app', Buffer.from('four'), -1);
    same('a watch fires once', [], heard.takeAll());
    await zk.getChildren('/app', heard.watch);
    await ask('create /app/other');
    same("another's child is heard", 'NODE_CHILDREN_CHANGED /app', await heard.take());
    await zk.exists('/app/later', heard.watch);
    await ask('create /app/later');
    same('a watch for what is missing', 'NODE_CREATED /app/later', await heard.take());
    await zk.getData('/app/later', heard.watch);
    await zk.remove('/app/later', -1);
    same('a deletion is heard', 'NODE_DELETED /app/later', await heard.take());
}

async function anotherMember(client, zk, states) {
    const [changed, created, children, quiet] = [ear(), ear(), ear(), ear()];
    await zk.getData('/app', changed.watch);
    await zk.exists('/app/missing', created.watch);
    await zk.getChildren('/app/m', children.watch);
    await zk.getData('/app/a', quiet.watch);
    const id = client.getSessionId().toString('hex');

    await ask('hold');
    same('the connection is lost', State.DISCONNECTED, await states.take());
    await ask('set /app away');
    await ask('create /app/missing');
    await ask('create /app/m/late');
    await ask('release');
    same('the session is found again', State.SYNC_CONNECTED, await states.take());

    same('at another member', id, client.getSessionId().toString('hex'));
    same('a change while away is heard', 'NODE_DATA_CHANGED /app', await changed.take());
    same('a creation while away is heard', 'NODE_CREATED /app/missing', await created.take());
    same('a child of a time away is heard', 'NODE_CHILDREN_CHANGED /app/m', await children.take());
    same('the data of a time away', 'away', (await zk.getData('/app', changed.watch))[0].toString());
    same('what did not change is silent', [], quiet.takeAll());
    same('the ephemeral is there', id, (await zk.exists('/app/live', null)).ephemeralOwner.toString('hex'));
    same('who we are is said again', 's', (await zk.getData('/app/secret', null))[0].toString());
    await ask('set /app/a x');
    same('a watch that stayed', 'NODE_DATA_CHANGED /app/a', await quiet.take());

    await ask('kill');
    same('a member is lost', State.DISCONNECTED, await states.take());
    same('another one takes over', State.SYNC_CONNECTED, await states.take());
    await ask('set /app survived');
    same('a change after the death', 'NODE_DATA_CHANGED /app', await changed.take());
    same('the session outlives a member', id, (await zk.exists('/app/live', null)).ephemeralOwner.toString('hex'));
}

async function main() {
    const hosts = process.argv[2];
    const [client, states] = await connected(hosts);
    const zk = promising(client);
    await nodes(client, zk);
    await access(client, zk, hosts);
    await transactions(client, zk);
    await watches(zk);
    await anotherMember(client, zk, states);
    client.close();
    same('close', State.DISCONNECTED, await states.take());
    same('it takes the ephemerals', 'false', await ask('exists /app/live'));
    same('what is persistent stays', 'true', await ask('exists /app/secret'));
    console.log('ops=%d ok', operations);
    process.exit(0);
}

main().catch((failure) => {
    console.log('FAILED', failure);
    process.exit(1);
});
