// A first site on GitLab: a new project, its first commit, and a pipeline that publishes it.
// https://docs.gitlab.com/api/projects/, …/api/pages/, …/user/project/pages/

import { beginOn } from './first_commit.js';
import { again, linkOf } from './host.js';

const MANIFEST = 'meridian.json';
// The branch of a project that is new on gitlab.com.
const BRANCH = 'main';

// Pages shows what the job “pages” leaves in public/. GitLab does not tell visitors which files
// there are, so the job lists them. Names with control characters could not be written as they are.
const PIPELINE = `# GitLab Pages shows the files of this repository, and a list of them for the page.
pages:
  stage: deploy
  image: busybox
  script:
    - mkdir .public
    - cp -r * .public
    - rm -rf public
    - mv .public public
    - cd public
    - |
      {
        echo '{"meridian": 1, "files": ['
        find * -type f ! -name '*[[:cntrl:]]*' | sed 's/["\\\\]/\\\\&/g; s/.*/"&"/; $!s/$/,/'
        echo ']}'
      } > ../list
    - mv ../list ${MANIFEST}
  artifacts:
    paths:
      - public
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
`;

/**
 * @param {import('./host.js').Host} host
 * @returns {import('./host.js').First}
 */
export function onGitLab(host) {
  const { site } = host.door;
  return {
    words: {
      ...host.words,
      form: () => 'Its scope must be “api”: less can’t create a project.',
      can: () => ['do whatever your account may do'],
    },
    tokenForm: host.tokenForm('my first site'),
    branch: BRANCH,
    address: () =>
      'GitLab chooses the address, below gitlab.io. It may ask a new account to verify who you are.',
    files: { '.gitlab-ci.yml': PIPELINE },
    settings: () => `<meta name="meridian-manifest" content="${MANIFEST}">`,
    async create(name) {
      const made = await host.call('POST', '/projects', {
        name,
        path: name,
        visibility: 'public',
        pages_access_level: 'public',
      });
      return { name: String(made.path_with_namespace), branch: BRANCH, push: true };
    },
    begin: beginOn(host, BRANCH),
    // The pipeline switches it on: its address is what is left to know.
    async enable(name) {
      const path = `/projects/${encodeURIComponent(name)}/pages`;
      return linkOf((await again(() => host.call('GET', path))).url);
    },
    byCreating: () => `${site}/projects/new#blank_project`,
    byEnabling: (name) => `${site}/${name}/pages`,
    how: () => 'GitLab does not give this token the address. It shows it under “Deploy”, “Pages”.',
  };
}
