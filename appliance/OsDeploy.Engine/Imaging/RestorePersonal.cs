using OsDeploy.Personalisation;

namespace OsDeploy.Imaging;

/// <summary>What becomes the host's own on one target disk, after its chunks are written and before it can start.</summary>
internal sealed class RestorePersonal(Personaliser personaliser, RestoreTarget target)
{
    private readonly Dictionary<int, PersonalPlace> _places = PlacesOf(target);

    /// <summary>Whether a partition that is restored is changed.</summary>
    public bool Concerns(int partition) => _places.ContainsKey(partition) && personaliser.Concerns(target.Record.Number, partition);

    public bool ConcernsDisk => _places.Keys.Any(Concerns);

    /// <exception cref="UserErrorException"><c>personal-no-partition</c>: it is said before anything is written</exception>
    public void RequirePlaces()
    {
        if (!target.IsPartitionOnly)
        {
            personaliser.RequirePlaces(target.Record.Number, _places.Keys);
        }
    }

    public Task TakeSecretsAsync(CancellationToken cancel) => personaliser.TakeSecretsAsync(target.Record.Number, cancel);

    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var partition in _places.Keys.Where(Concerns).Order())
        {
            await RunAsync(partition, cancel);
        }
    }

    public Task RunAsync(int partition, CancellationToken cancel) => personaliser.RunAsync(target.Record.Number, partition, target.Found.Disk, _places, toSetAside: null, isDryRun: false, cancel);

    private static Dictionary<int, PersonalPlace> PlacesOf(RestoreTarget target) =>
        (target.IsPartitionOnly ? target.Regions.Select(region => region.Placed).OfType<Disks.PlacedPartition>() : target.Placements)
        .Where(placed => placed.Record.FileSystem is not null)
        .ToDictionary(
            placed => placed.Record.Number,
            placed => new PersonalPlace(Volume.NameOf(target.Record.Number, placed.Record.Number), placed.Offset, placed.Length, placed.Record.FileSystem!));
}
