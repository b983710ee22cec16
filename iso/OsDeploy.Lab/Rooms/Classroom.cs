using OsDeploy.Lab.Wires;

namespace OsDeploy.Lab.Rooms;

/// <summary>A private network with an appliance, if wanted a DHCP server of the school, and PCs that start from the network.</summary>
internal sealed class Classroom : IAsyncDisposable
{
    private const string Switch = "osdlab0";
    private const string School = "osdschool";
    private const int LongestSocket = 100; // sun_path of unix(7) has 108 bytes

    private NetworkNamespace? _school;

    private Classroom(ClassroomPlan plan, NetworkNamespace network, CancellationToken cancel)
    {
        Plan = plan;
        Appliance = plan.Medium is { } medium
            ? new MediumAppliance(network, medium, plan.Programs, plan.Folder, cancel)
            : new LocalAppliance(network, plan.Programs, plan.Folder, plan.Boot, cancel);
        Pcs = [.. plan.Pcs.Select((firmware, index) => new LabPc(index + 1, firmware, plan.Folder, network.Name))];
        Network = network;
    }

    public ClassroomPlan Plan { get; }

    public LabAppliance Appliance { get; }

    public IReadOnlyList<LabPc> Pcs { get; }

    public NetworkNamespace Network { get; }

    /// <exception cref="UserErrorException"><c>lab-needs-root</c>, <c>lab-path-long</c>, <c>lab-appliance-down</c></exception>
    public static async Task<Classroom> OpenAsync(ClassroomPlan plan, CancellationToken cancel)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw LabErrors.NeedsRoot();
        }

        if (Path.Combine(plan.Folder, "appliance", LabAppliance.SocketName).Length > LongestSocket)
        {
            throw LabErrors.PathTooLong(plan.Folder);
        }

        var classroom = new Classroom(plan, await NetworkNamespace.CreateAsync(plan.Network, cancel), cancel);
        try
        {
            await classroom.SetUpAsync(cancel);
            return classroom;
        }
        catch
        {
            await classroom.DisposeAsync();
            throw;
        }
    }

    /// <summary>What stands before a verb of the operator of the classroom in a folder, a word in a line.</summary>
    public static string OperatorFile(string folder) => Path.Combine(folder, "operator");

    /// <param name="number">Of a PC, from 1.</param>
    public LabPc Pc(int number) => Pcs[number - 1];

    public async ValueTask DisposeAsync()
    {
        foreach (var pc in Pcs)
        {
            await pc.DisposeAsync();
        }

        await Appliance.DisposeAsync();
        if (_school is not null)
        {
            await _school.DisposeAsync();
        }

        await Network.DisposeAsync();
    }

    private async Task SetUpAsync(CancellationToken cancel)
    {
        await Network.SwitchAsync(Switch, Appliance.BridgeAddress + "/24", [.. Pcs.Select(pc => pc.Tap)]);
        foreach (var pc in Pcs.Where(pc => !File.Exists(pc.DiskFile)))
        {
            await pc.PutEmptyDiskAsync();
        }

        if (Plan.HasSchool)
        {
            await OpenSchoolAsync(cancel);
        }

        await Appliance.StartAsync(new LabWires(Switch, Plan.HasSchool));
        await File.WriteAllLinesAsync(OperatorFile(Plan.Folder), Appliance.OperatorWords, cancel);
    }

    private async Task OpenSchoolAsync(CancellationToken cancel)
    {
        _school = await NetworkNamespace.CreateAsync(Plan.Network + "-school", cancel);
        await _school.CableAsync(School, Network, "osdport");
        await Network.LinkAsync("set", "osdport", "master", Switch);
        await _school.AddressAsync(School, "10.77.0.2/24");
        _ = _school.StartDhcp(School, "10.77.0.50,10.77.0.60", Plan.Folder);
    }
}
