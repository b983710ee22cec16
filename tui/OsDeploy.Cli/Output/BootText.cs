using System.Globalization;
using OsDeploy.Api.Boot;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>Starting over the network, for people.</summary>
internal static class BootText
{
    public static void Write(TextWriter writer, BootState state, TimeProvider clock)
    {
        new Facts()
            .Add("mode", Words.Of(state.Mode))
            .Add("dnsmasq", state.Service + (state.Fault is { } fault ? ": " + fault : ""))
            .Add("boot files", state.Addresses.Count > 0 ? string.Join(", ", state.Addresses) : "not served: start osdeployd with --boot")
            .Add("client build", state.Build ?? "none: every computer starts its own disk")
            .Add("cards", string.Join(", ", state.Cards.Select(card => $"{Printable.Of(card.Name)} {Printable.Of(card.Address)}")))
            .Write(writer);
        foreach (var neighbour in state.Neighbours)
        {
            writer.WriteLine($"{Printable.Of(neighbour.Address)} also answers on this network ({Printable.Of(neighbour.What)}, heard {LocalTime.Of(clock, neighbour.At)})");
        }

        foreach (var loop in state.Stopped)
        {
            writer.WriteLine($"{Printable.Of(loop.Name)} was started {loop.Starts} times for job {Printable.Of(loop.Job.TrimStart('0'))} and said nothing: `osdeploy boot retry {Printable.Of(loop.Name)}` tries again");
        }
    }

    public static void Write(TextWriter writer, BootSettings settings, TimeProvider clock)
    {
        var facts = new Facts()
            .Add("mode", Words.Of(settings.Mode))
            .Add("interface", settings.Interface)
            .Add("range", settings.RangeFirst is null ? null : $"{settings.RangeFirst} to {settings.RangeLast}, for {Words.Count(settings.LeaseMinutes, "minute")}")
            .Add("router", settings.Router)
            .Add("name servers", string.Join(", ", settings.Dns))
            .Add("reservations", settings.Reservations ? "yes" : "no")
            .Add("unknown computers", Words.Of(settings.Unknown))
            .Add("menu", $"{Words.Count(settings.MenuSeconds, "second")}{(settings.MenuPassword is null ? "" : ", with a password")}")
            .Add("builds kept", settings.KeepBuilds.ToString(CultureInfo.InvariantCulture));
        SaidIn(settings.Options).ForEach(one => facts.Add(one.Name, one.Value));
        facts.Write(writer);
        foreach (var rule in settings.Rules)
        {
            writer.WriteLine($"{Printable.Of(rule.First)} to {Printable.Of(rule.Last)}: build {Printable.Of(rule.Build ?? "current")}, unknown computers {(rule.Unknown is { } unknown ? Words.Of(unknown) : "as all")}");
        }

        foreach (var model in settings.Models)
        {
            writer.WriteLine($"{Printable.Of(model.Vendor)} {Printable.Of(model.Model)}: bios {(model.Bios is { } bios ? Words.Of(bios) : "as all")}, uefi {(model.Uefi is { } uefi ? Words.Of(uefi) : "as all")}");
        }

        if (settings.ChangedBy.Length > 0)
        {
            writer.WriteLine($"changed {LocalTime.Of(clock, settings.ChangedAt)} by {Printable.Of(settings.ChangedBy)}");
        }
    }

    public static void Write(TextWriter writer, BootSettingsAnswer answer, bool isPreview, TimeProvider clock)
    {
        Write(writer, answer.View.Settings, clock);
        foreach (var note in answer.Notes)
        {
            writer.WriteLine("Note: " + Printable.Of(note, 500));
        }

        if (isPreview && answer.Configuration.Length > 0)
        {
            writer.WriteLine("\nConfiguration of dnsmasq:");
            WriteIndented(writer, answer.Configuration);
        }
    }

    public static void Write(TextWriter writer, IReadOnlyList<BootOutlook> outlooks, bool withScript)
    {
        var table = new TextTable("FIRMWARE", "LOADER", "BOOTS", "BECAUSE");
        foreach (var outlook in outlooks)
        {
            table.Add(Words.Of(outlook.Firmware), Words.Of(outlook.Loader), outlook.Action, outlook.Reason);
        }

        table.Write(writer);
        foreach (var outlook in withScript ? outlooks : [])
        {
            writer.WriteLine($"\n{Words.Of(outlook.Firmware)}, {Words.Of(outlook.Loader)}:");
            WriteIndented(writer, outlook.Script);
        }
    }

    public static void WriteNext(TextWriter writer, IReadOnlyList<BootNext> all, TimeProvider clock)
    {
        var table = new TextTable("HOST", "NEXT START", "SAID BY", "AT", "REMARK");
        foreach (var next in all)
        {
            var remarks = new[]
            {
                next.Job is { } job ? $"its job {JobText.NumberOf(job)} goes first" : "",
                next.Once.Starts > 0 ? $"{Words.Count(next.Once.Starts, "start")} without success" : "",
            };
            table.Add(next.Name, Words.Of(next.Once.To), next.Once.By, LocalTime.Of(clock, next.Once.At), string.Join(", ", remarks.Where(remark => remark.Length > 0)));
        }

        table.Write(writer);
    }

    public static void WriteBuilds(TextWriter writer, IReadOnlyList<BootBuild> builds, TimeProvider clock)
    {
        var table = new TextTable("BUILD", "KERNEL", ">SIZE", "ADDED", "STATE");
        foreach (var build in builds)
        {
            table.Add(build.Id, build.KernelVersion, Sizes.Of(build.Bytes), LocalTime.Of(clock, build.AddedAt), build.IsCurrent ? "current" : build.UsedBy ?? "");
        }

        table.Write(writer);
    }

    public static void WriteList(TextWriter writer, IReadOnlyList<BootRecord> records, TimeProvider clock)
    {
        var table = new TextTable("AT", "COMPUTER", "ADDRESS", "LOADER", "BOOTS", "BECAUSE", "LAST STEP");
        foreach (var record in records)
        {
            table.Add(
                LocalTime.Of(clock, record.At), NameOf(record), record.Address ?? "-", record.Loader is { } loader ? Words.Of(loader) : "-", record.Action ?? "-", record.Reason ?? "-",
                record.Steps is [.., { } last] ? $"{last.What}: {last.Detail}" : "-");
        }

        table.Write(writer);
    }

    /// <param name="from">Steps before this one were shown.</param>
    public static void WriteSteps(TextWriter writer, BootRecord record, int from, TimeProvider clock)
    {
        foreach (var step in record.Steps.Skip(from))
        {
            var at = TimeZoneInfo.ConvertTime(step.At, clock.LocalTimeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            writer.WriteLine($"{at}  {NameOf(record),-17}  {Printable.Of(step.What),-6}  {Printable.Of(step.Detail)}");
        }
    }

    /// <summary>What is said at all, in one line; null: nothing.</summary>
    public static string? LineOf(BootOptions? options) =>
        options is not null && SaidIn(options) is { Count: > 0 } said ? string.Join(", ", said.Select(one => $"{one.Name} {one.Value}")) : null;

    private static List<(string Name, string Value)> SaidIn(BootOptions options)
    {
        (string Name, string? Value)[] all =
        [
            ("bios exit", options.BiosExit is { } bios ? Words.Of(bios) : null),
            ("uefi exit", options.UefiExit is { } uefi ? Words.Of(uefi) : null),
            ("loader", options.Loader is { } loader ? Words.Of(loader) : null),
            ("menu shown", options.Menu is { } menu ? Words.Of(menu) : null),
            ("client build", options.Build),
            ("language", options.Language),
            ("keyboard", options.Keyboard),
            ("sleep", options.Sleep?.ToString(CultureInfo.InvariantCulture)),
            ("no shell", YesNo(options.NoShell)),
            ("debug", YesNo(options.Debug)),
            ("VLAN", options.Vlan?.ToString(CultureInfo.InvariantCulture)),
            ("high contrast", YesNo(options.HighContrast)),
            ("kernel parameters", options.Kernel),
        ];
        return [.. all.Where(one => one.Value is not null).Select(one => (one.Name, one.Value!))];
    }

    private static string NameOf(BootRecord record) => Printable.Of(record.Name ?? record.Mac);

    private static string? YesNo(bool? value) => value is { } known ? known ? "yes" : "no" : null;

    private static void WriteIndented(TextWriter writer, string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            writer.WriteLine("  " + Printable.Of(line, 4000));
        }
    }
}
