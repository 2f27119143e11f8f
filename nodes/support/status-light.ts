import type { Node, NodeStatus } from 'node-red';

/** Shows a node's status, each one once: an unchanged status is not sent to the editors again. */
export function statusLight(node: Node): (status: NodeStatus) => void {
  let shown = '';
  return (status) => {
    const key = JSON.stringify(status);
    if (key === shown) return;
    shown = key;
    node.status(status);
  };
}
