using OsDeploy.Api.Configurations;

namespace OsDeploy.Cli.Output;

/// <summary>Configurations for people.</summary>
internal static class ConfigurationText
{
    private const string OfHost = " (host)";

    public static void WriteList(TextWriter writer, IReadOnlyList<ConfigurationView> configurations)
    {
        var table = new TextTable("NAME", "DESCRIPTION", "TYPE", "MASTER", ">HOSTS", ">VERSIONS", "STORE");
        foreach (var view in configurations)
        {
            var configuration = view.Configuration;
            table.Add(configuration.Name, configuration.Description, configuration.DeviceType.ToString(), view.MasterName ?? "-", $"{view.Hosts}", $"{view.Versions}",
                configuration.Store?.Url ?? "");
        }

        table.Write(writer);
    }

    public static void Write(TextWriter writer, ConfigurationView view, TimeProvider clock)
    {
        var configuration = view.Configuration;
        new Facts()
            .Add("name", configuration.Name)
            .Add("description", configuration.Description)
            .Add("type", configuration.DeviceType.ToString())
            .Add("image", configuration.Image.ToString())
            .Add("versions", $"{view.Versions}" + (configuration.KeepVersions > 0 ? $", older ones than the last {configuration.KeepVersions} are deleted after a capture" : ""))
            .Add("master", view.MasterName ?? "none yet: `osdeploy config master` names it")
            .Add("hosts", $"{view.Hosts}")
            .Add("restore", configuration.OpenRestore ? "open: whoever sits at a host may restore it" : null)
            .Add("strict", configuration.IsStrict ? "an operator compares the words of each start: `osdeploy job pair`" : null)
            .Add("store", configuration.Store is { } store ? $"{store.Url}, key {store.Pin}" : null)
            .Add("belongs to", JoinText.LineOf(configuration.Join))
            .Add("administrator", configuration.AdminPassword is { } password ? $"password {password}" : null)
            .Add("boot options", BootText.LineOf(configuration.Boot))
            .Add("changed", $"{LocalTime.Of(clock, configuration.ChangedAt)} by {configuration.ChangedBy}")
            .Write(writer);
        WriteEffective(writer, [.. configuration.Partitions.Select(plan => new EffectivePartition(plan, []))]);
    }

    /// <summary>Partitions with what holds for one host; its own values are marked.</summary>
    public static void WriteEffective(TextWriter writer, IReadOnlyList<EffectivePartition> partitions)
    {
        if (partitions.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        var table = new TextTable(">DISK", ">#", "DESCRIPTION", "OS", "JOIN", "USE", "FORMAT", "GROW", "PRODUCT ID");
        foreach (var (plan, fromHost) in partitions)
        {
            string Mark(string name, string? value) => (value ?? "-") + (fromHost.Contains(name) ? OfHost : "");
            table.Add($"{plan.Disk}", $"{plan.Number}", Mark("description", plan.Description), Mark("os", plan.Os.ToString()), Mark("join", plan.Join.ToString()),
                Mark("use", plan.Use.ToString()), Mark("format", plan.Format), Mark("grow", plan.Grow ? "yes" : "no"), Mark("productId", plan.ProductId));
        }

        table.Write(writer, indent: "  ");
    }
}
