/* A node of OpenSearch for tests and benches: run from its source, it serves until its input ends,
   so that it never outlives who started it.

   java -cp 'lib/*' SearchNode.java FOLDER CLUSTER NAME HTTP_PORT TRANSPORT_PORT SEEDS NAMES

   SEEDS: addresses of the transport of all the nodes; NAMES: their names; parted by commas. */

import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.codelibs.opensearch.runner.OpenSearchRunner.Configs;
import org.opensearch.common.settings.Settings;

public class SearchNode {
    public static void main(String[] words) throws Exception {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> set(words, settings));
        Configs configs = OpenSearchRunner.newConfigs();
        runner.build(configs.basePath(words[0]).clusterName(words[1]).numOfNode(1).useLogger());
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0);
    }

    static void set(String[] words, Settings.Builder settings) {
        settings.put("node.name", words[2]);
        settings.put("network.host", "127.0.0.1");
        settings.put("http.port", words[3]);
        settings.put("transport.port", words[4]);
        settings.put("discovery.type", "zen");
        settings.putList("discovery.seed_hosts", words[5].split(","));
        settings.putList("cluster.initial_cluster_manager_nodes", words[6].split(","));
        // A full disk of the computer must not make indices read-only in the middle of a test.
        settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
    }
}
