using OsDeploy.Api.Boot;

namespace OsDeploy.Server.Boot;

/// <summary>How a PC goes on to its own disk, for either firmware.</summary>
internal readonly record struct LocalExit(BiosExit Bios, UefiExit Uefi)
{
    /// <summary>Host, configuration and appliance first, then what the appliance was told about the model, then what is known of it.</summary>
    public static LocalExit Of(BootFacts facts)
    {
        var models = (facts.Models ?? []).Concat(ModelExits.Known).Where(model => Fits(model, facts)).ToList();
        return new(
            facts.Options.BiosExit ?? models.Select(model => model.Bios).FirstOrDefault(exit => exit is not null) ?? BiosExit.Disk,
            facts.Options.UefiExit ?? models.Select(model => model.Uefi).FirstOrDefault(exit => exit is not null) ?? UefiExit.Search);
    }

    private static bool Fits(ModelExit model, BootFacts facts) =>
        facts.Vendor?.StartsWith(model.Vendor, StringComparison.OrdinalIgnoreCase) == true
        && (model.Model.Length == 0 || facts.Model?.StartsWith(model.Model, StringComparison.OrdinalIgnoreCase) == true);
}

/// <summary>Makers and models whose firmware needs another way to its disk than the usual one.</summary>
internal static class ModelExits
{
    /// <summary>The first that fits counts. A line needs a PC on which the usual way was seen to fail.</summary>
    public static IReadOnlyList<ModelExit> Known { get; } =
    [
        // The loader runs as a boot device of its own there, and the next device is the disk.
        new("Microsoft Corporation", "Virtual Machine", Bios: BiosExit.Exit),
    ];
}
