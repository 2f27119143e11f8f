import type { Node, NodeAPI } from 'node-red';

/** The environment as Node-RED sees it for a node. @param node null = not deployed: its group and its subflow are not known */
export function environmentOf(RED: NodeAPI, node: Node | null): (name: string) => string | undefined {
  return (name) => {
    const value: unknown =
      node === null ? (globalVariable(RED, name) ?? process.env[name]) : RED.util.evaluateNodeProperty(name, 'env', node, {});
    return typeof value === 'string' ? value : undefined;
  };
}

/** A text among Node-RED's own global variables, which go before those of the process. */
function globalVariable(RED: NodeAPI, name: string): string | undefined {
  let found: string | undefined;
  RED.nodes.eachNode((node) => {
    const { type, env } = node as { readonly type: string; readonly env?: unknown }; // only such nodes have it
    if (type !== 'global-config' || !Array.isArray(env)) return;
    const variable = (env as readonly Readonly<Record<string, unknown>>[]).find((one) => one['name'] === name && one['type'] === 'str');
    if (typeof variable?.['value'] === 'string') found = variable['value'];
  });
  return found;
}
