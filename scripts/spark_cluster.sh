#!/bin/sh
# A Spark standalone cluster on the loopback interface: one master, two workers with one core each.
#   scripts/spark_cluster.sh start FOLDER   prints the master's address; logs and process ids go to FOLDER
#   scripts/spark_cluster.sh stop FOLDER    ends the processes that start began, and no others
# PYSPARK_PYTHON says which Python has pyspark and jfextract.
set -eu
action=$1 folder=$2
python=${PYSPARK_PYTHON:-python3}
export SPARK_LOCAL_IP=127.0.0.1 SPARK_NO_DAEMONIZE=1

free_port() {
  "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

begin() { # NAME CLASS ARGUMENTS...: a session of its own, so that it ends with all it has started
  name=$1; shift
  setsid "$SPARK_HOME/bin/spark-class" "$@" >"$folder/$name.log" 2>&1 </dev/null &
  echo $! >"$folder/$name.pid"
}

case $action in
  start)
    SPARK_HOME=$("$python" -c 'import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent)')
    export SPARK_HOME
    mkdir -p "$folder"
    port=$(free_port)
    begin master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port "$(free_port)"
    for worker in 1 2; do
      begin "worker-$worker" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --cores 1 --memory 1g \
        --webui-port "$(free_port)" --work-dir "$folder/work-$worker" "spark://127.0.0.1:$port"
    done
    tries=0
    until [ "$(grep -c 'Registering worker' "$folder/master.log" 2>/dev/null)" = 2 ]; do
      tries=$((tries + 1))
      [ $tries -lt 300 ] || { echo "the cluster did not come up; see the logs in $folder" >&2; exit 1; }
      sleep 0.2
    done
    echo "spark://127.0.0.1:$port"
    ;;
  stop)
    for file in "$folder"/*.pid; do # each names a session that begin made
      kill -s TERM -- "-$(cat "$file")" 2>/dev/null || true
    done
    for file in "$folder"/*.pid; do
      tries=0
      while kill -s 0 -- "-$(cat "$file")" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 50 ] || kill -s KILL -- "-$(cat "$file")" 2>/dev/null || true
        sleep 0.2
      done
    done
    ;;
  *)
    echo "usage: $0 start|stop FOLDER" >&2
    exit 2
    ;;
esac
