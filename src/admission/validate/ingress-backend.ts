import { child } from '../../kubernetes/field-path';
import {
  dns1035LabelProblems,
  dnsSubdomainProblems,
  pathSegmentProblems,
  portNameProblems,
  portNumberProblems,
} from '../../kubernetes/names';
import { type FieldProblem, fieldProblem } from '../../problem/problem';

interface BackendService {
  readonly name?: string;
  readonly port?: { readonly name?: string; readonly number?: number };
}

interface BackendResource {
  readonly apiGroup?: string;
  readonly kind?: string;
  readonly name?: string;
}

export interface IngressBackend {
  readonly service?: BackendService;
  readonly resource?: BackendResource;
}

/**
 * Why Kubernetes rejects the backend of an ingress.
 *
 * @see Karmada v1.18.2 pkg/util/lifted/validatingmci.go, validateIngressBackend
 */
export function* ingressBackendCauses({ service, resource }: IngressBackend, path: string): Iterable<FieldProblem> {
  if (service && resource) {
    yield fieldProblem('ingress-backend', path, 'service and resource exclude each other', 'remove one of the two');
    return;
  }
  if (resource) yield* resourceCauses(resource, child(path, 'resource'));
  else if (service) yield* serviceCauses(service, path);
  else
    yield fieldProblem('ingress-backend', path, 'has neither a service nor a resource', 'set a service and its port');
}

function* resourceCauses({ apiGroup, kind = '', name = '' }: BackendResource, path: string): Iterable<FieldProblem> {
  for (const problem of apiGroup === undefined ? [] : dnsSubdomainProblems(apiGroup)) {
    yield fieldProblem(
      'ingress-backend',
      child(path, 'apiGroup'),
      `"${apiGroup}" ${problem}`,
      'use the group of an API',
    );
  }
  for (const [field, value] of Object.entries({ kind, name })) {
    if (value === '')
      yield fieldProblem('ingress-backend', child(path, field), `the resource has no ${field}`, `set ${field}`);
    for (const problem of pathSegmentProblems(value)) {
      yield fieldProblem(
        'ingress-backend',
        child(path, field),
        `"${value}" ${problem}`,
        `use the ${field} of an object`,
      );
    }
  }
}

function* serviceCauses({ name = '', port = {} }: BackendService, path: string): Iterable<FieldProblem> {
  const problems = name === '' ? ['must not be empty'] : dns1035LabelProblems(name);
  for (const problem of problems) {
    yield fieldProblem(
      'ingress-backend',
      child(path, 'service.name'),
      `"${name}" ${problem}`,
      'use the name of a Service',
    );
  }
  const { name: portName = '', number = 0 } = port;
  if (portName !== '' && number !== 0) {
    yield fieldProblem(
      'ingress-backend',
      path,
      'name and number of the port exclude each other',
      'keep one of the two',
    );
  } else if (portName !== '') {
    for (const problem of portNameProblems(portName)) {
      yield fieldProblem(
        'ingress-backend',
        child(path, 'service.port.name'),
        `"${portName}" ${problem}`,
        'use the name of a port',
      );
    }
  } else if (number !== 0) {
    for (const problem of portNumberProblems(number)) {
      yield fieldProblem(
        'ingress-backend',
        child(path, 'service.port.number'),
        `${problem}, got ${number}`,
        'use a port number',
      );
    }
  } else {
    yield fieldProblem(
      'ingress-backend',
      path,
      'has no port of the service',
      'set service.port.number or service.port.name',
    );
  }
}
