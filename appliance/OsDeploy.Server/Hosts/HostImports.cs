using System.Globalization;
using OsDeploy.Api.Hosts;
using OsDeploy.Server.Hosts.Lists;

namespace OsDeploy.Server.Hosts;

/// <summary>Lists of hosts. All of a list is taken, or nothing.</summary>
internal sealed class HostImports(Registry registry)
{
    /// <summary>Says what a list would do, and does it if it is asked to and no line is wrong. Rooms it names are made.</summary>
    /// <exception cref="UserErrorException"><c>host-list-invalid</c></exception>
    public ImportReport Import(HostImport import, string by)
    {
        var list = HostListReader.Read(import.Csv);
        return registry.Transact(() =>
        {
            var plan = ImportPlan.Of(
                list,
                registry.Hosts.FindAll(),
                registry.Rooms.FindAll().Select(room => room.Value),
                [.. registry.Configurations.FindAll().Select(configuration => configuration.Value)],
                by,
                registry.Now);
            var isApplied = import.Apply && plan.IsGood;
            if (isApplied)
            {
                Apply(plan, by);
            }

            return new ImportReport(plan.Report, isApplied);
        });
    }

    private void Apply(ImportPlan plan, string by)
    {
        foreach (var room in plan.NewRooms)
        {
            registry.Rooms.Insert(room);
            registry.Edges.Audit(by, "room-add", room.Name, "by a list of hosts");
        }

        foreach (var (before, after) in plan.Steps)
        {
            registry.Write(plan.Hosts, before, after);
        }

        var added = plan.Steps.Count(step => step.Before is null);
        registry.Edges.Audit(by, "host-import", "hosts", string.Create(CultureInfo.InvariantCulture, $"{added} added, {plan.Steps.Count - added} changed"));
    }
}
