using System.Globalization;

namespace OsDeploy.Benchmarks.Machine;

/// <summary>
/// A device that does only so many operations a second, like a worn USB disk, until disposed. cgroup v1 limits the device for
/// everybody at the root of blkio; v2 limits the programs of one group, which the measured script enters first.
/// </summary>
internal sealed class OperationLimit : IDisposable
{
    private readonly string _group;
    private readonly bool _isVersion2;
    private readonly string _number;

    private OperationLimit(string group, bool isVersion2, string number) =>
        (_group, _isVersion2, _number) = (group, isVersion2, number);

    /// <summary>Put before a script, it makes the limit hold for the script.</summary>
    public string Enter => _isVersion2 ? $"echo $$ > {_group}/cgroup.procs; " : "";

    /// <exception cref="UserErrorException"><c>bench-no-throttle</c></exception>
    public static OperationLimit Set(string device, int operationsPerSecond)
    {
        var limit = Find(device) ?? throw Errors.NoThrottle();
        limit.Apply(operationsPerSecond);
        return limit;
    }

    /// <summary>Takes back what a killed run has set.</summary>
    public static void Lift(string device) => Find(device)?.Dispose();

    public void Dispose()
    {
        Apply(0);
        if (_isVersion2)
        {
            Directory.Delete(_group);
        }
    }

    private static OperationLimit? Find(string device)
    {
        var number = File.ReadAllText($"/sys/block/{Path.GetFileName(device)}/dev").Trim();
        foreach (var fields in File.ReadAllLines("/proc/self/mounts").Select(line => line.Split(' ')))
        {
            if (fields[2] == "cgroup" && fields[3].Split(',').Contains("blkio"))
            {
                return new OperationLimit(fields[1], isVersion2: false, number);
            }

            if (fields[2] == "cgroup2" && File.ReadAllText(fields[1] + "/cgroup.controllers").Split().Contains("io"))
            {
                return new OperationLimit(MakeGroup(fields[1]), isVersion2: true, number);
            }
        }

        return null;
    }

    /// <summary>The memory controller too: without it the kernel charges buffered writes to the root group.</summary>
    private static string MakeGroup(string root)
    {
        File.WriteAllText(root + "/cgroup.subtree_control", "+io +memory");
        return Directory.CreateDirectory(root + "/osdeploy-bench").FullName;
    }

    private void Apply(int operations)
    {
        var text = operations.ToString(CultureInfo.InvariantCulture);
        if (_isVersion2)
        {
            var most = operations == 0 ? "max" : text;
            File.WriteAllText(_group + "/io.max", $"{_number} riops={most} wiops={most}");
            return;
        }

        File.WriteAllText(_group + "/blkio.throttle.read_iops_device", $"{_number} {text}");
        File.WriteAllText(_group + "/blkio.throttle.write_iops_device", $"{_number} {text}");
    }
}
