using System.Globalization;
using OsDeploy.Api.Health;
using OsDeploy.Api.Helper;
using OsDeploy.Text;

namespace OsDeploy.Server.Health;

/// <summary>What a disk's own words mean.</summary>
internal static class DiskRules
{
    /// <summary>Of the items of disks.</summary>
    public const string Prefix = "disk-";

    /// <summary>The item in place of them where none could be asked.</summary>
    public const string All = "disks";

    private const int Hot = 60;
    private const int TooHot = 70;
    private const int Worn = 90;
    private const int UsedUp = 100;

    // A few replaced sectors are what spare ones are for; many are the beginning of the end.
    private const int ManyReallocated = 50;

    private const string Replace = "Plan another disk: copy the store with `osdeploy image export` and the documents with `osdeploy backup` while it can be read.";

    public static HealthItem Of(DiskHealth disk)
    {
        var (state, why) = Judge(disk);
        var facts = string.Join(", ", Facts(disk, why));
        var name = disk.Model.Length > 0 ? $"{Printable.Of(disk.Name)} ({Printable.Of(disk.Model)}, {Sizes.Of(disk.Size)})" : $"{Printable.Of(disk.Name)} ({Sizes.Of(disk.Size)})";
        return new HealthItem(Prefix + Printable.Of(disk.Name), state, $"{name}: {facts}.", HintOf(disk, state));
    }

    /// <param name="why">Why nobody could be asked.</param>
    public static HealthItem NotAsked(string why) =>
        new(All, HealthState.Unknown, $"The disks could not be asked how they are: {Printable.Of(why)}", "Look whether the appliance's helper runs (`systemctl status osdeploy-helper`).");

    private static (HealthState State, string Why) Judge(DiskHealth disk) => disk switch
    {
        { IsVirtual: true } => (HealthState.Notice, "a virtual disk: look at the one below it"),
        { Passed: false } => (HealthState.Bad, "it says itself that it fails"),
        { Wear: >= UsedUp } => (HealthState.Bad, "its life is used up"),
        { Pending: > 0 } => (HealthState.Warning, "parts of it cannot be read"),
        { Reallocated: >= ManyReallocated } => (HealthState.Warning, "it has replaced many sectors"),
        { Wear: >= Worn } => (HealthState.Warning, "its life is nearly used up"),
        { Temperature: >= TooHot } => (HealthState.Warning, "it is too hot"),
        { Reallocated: > 0 } => (HealthState.Notice, "it has replaced sectors"),
        { Temperature: >= Hot } => (HealthState.Notice, "it is hot"),
        { Passed: null, Temperature: null, Wear: null, Reallocated: null, Pending: null } => (HealthState.Unknown, "it does not say how it is"),
        _ => (HealthState.Ok, "well"),
    };

    private static IEnumerable<string> Facts(DiskHealth disk, string why)
    {
        yield return why;
        foreach (var (value, text) in new (long?, string)[]
        {
            (disk.Temperature, "{0} °C"), (disk.Wear, "{0} % worn"), (disk.Reallocated, "{0} sectors replaced"), (disk.Pending, "{0} not readable"),
        })
        {
            if (value is { } number)
            {
                yield return string.Format(CultureInfo.InvariantCulture, text, number);
            }
        }
    }

    private static string HintOf(DiskHealth disk, HealthState state) => state switch
    {
        HealthState.Bad => Replace,
        HealthState.Warning => disk.Temperature >= TooHot && disk is not { Pending: > 0 } ? "Look at the fans and at what stands around the server." : Replace,
        _ => "",
    };
}
