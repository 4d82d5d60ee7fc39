/**
 * What runs at the edge, in the JavaScript of CloudFront Functions (runtime 2.0): one function of one event, without imports.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */

/**
 * Tells ingest whom the edge saw. Set, never added to: what a viewer writes into these headers itself is lost here. The agent has
 * a name of its own because CloudFront tells origins that it is itself the agent.
 */
export const viewerFunction = `function handler(event) {
  var request = event.request;
  var agent = request.headers['user-agent'];
  request.headers['x-sitepulse-viewer'] = { value: event.viewer.ip };
  request.headers['x-sitepulse-agent'] = { value: agent ? agent.value : '' };
  return request;
}
`;

/** The dashboard's own paths have no file: they are all its one page. */
export const pageFunction = `function handler(event) {
  var request = event.request;
  var last = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (last.indexOf('.') < 0) request.uri = '/index.html';
  return request;
}
`;
