using OsDeploy.Benchmarks.Lines;
using OsDeploy.Benchmarks.Volumes;

namespace OsDeploy.Benchmarks.Trials;

/// <summary>Contenders that run in turn under the same conditions, and the lines read off them.</summary>
/// <param name="Volume">Null: none is needed.</param>
/// <param name="Images">Captures made once before, each into a folder of its name.</param>
/// <param name="Target">Null: nothing is restored.</param>
/// <param name="StoreOperationsPerSecond">Limit of the disk that OUT and IMAGES lie on; null: none.</param>
/// <param name="Hosts">Computers whose disks are filled at once; 0: there is no more than one target.</param>
internal sealed record Trial(
    string Name,
    VolumeRecipe? Volume,
    IReadOnlyList<Contender> Contenders,
    IReadOnlyList<Line> Lines,
    IReadOnlyList<Contender>? Images = null,
    Target? Target = null,
    int? StoreOperationsPerSecond = null,
    int Hosts = 0);
