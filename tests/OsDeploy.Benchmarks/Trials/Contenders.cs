namespace OsDeploy.Benchmarks.Trials;

/// <summary>
/// Every program measured, with its exact command. Peers make their output durable inside the clock, as osdeploy does. Those of
/// osdeploy restore without reading back unless their name says so, as the peers do.
/// </summary>
internal static class Contenders
{
    public const string Clonezilla = "clonezilla";
    public const string Fastest = "partclone-zstd1";
    public const string Pigz = "partclone-pigz";
    public const string Partimage = "partimage";
    public const string Casync = "casync";
    public const string Osdeploy = "osdeploy";
    public const string OsdeploySecond = "osdeploy-second";
    public const string OsdeployFull = "osdeploy-full";
    public const string OsdeploySample = "osdeploy-sample";
    public const string Bare = "bare-hash";

    public static readonly Contender CaptureOsdeploy = OfOsdeploy(Osdeploy, """
        "$OSDEPLOY" capture "$DISK" --store "$OUT/store" --image bench --json > "$REPORT"
        """);

    public static readonly Contender CaptureLaterOsdeploy = OfOsdeploy(Osdeploy, """
        "$OSDEPLOY" capture "$LATER_DISK" --store "$OUT/store" --image bench --json > "$REPORT"
        """);

    /// <summary>The later day into a store that holds the first.</summary>
    public static readonly Contender CaptureSecondOsdeploy =
        CaptureLaterOsdeploy with { Name = OsdeploySecond, Before = CaptureOsdeploy.Script };

    public static readonly Contender RestoreOsdeploy = OfOsdeploy(Osdeploy, """
        "$OSDEPLOY" restore "$TARGET_DISK" --store "$IMAGES/osdeploy/store" --image bench --yes --json --verify none > "$REPORT"
        """, Osdeploy);

    public static readonly Contender RestoreFullOsdeploy = OfOsdeploy(OsdeployFull, """
        "$OSDEPLOY" restore "$TARGET_DISK" --store "$IMAGES/osdeploy/store" --image bench --yes --json --verify none --full > "$REPORT"
        """, Osdeploy);

    public static readonly Contender RestoreFullSampleOsdeploy = OfOsdeploy(OsdeploySample, """
        "$OSDEPLOY" restore "$TARGET_DISK" --store "$IMAGES/osdeploy/store" --image bench --yes --json --verify sample --full > "$REPORT"
        """, Osdeploy);

    public static readonly Contender RestoreClonezilla = new(Clonezilla, ["partclone.restore", "zstdmt"], """
        zstdmt -dc "$IMAGES/clonezilla/image" | partclone.restore -z 10485760 -s - -q -L /dev/null -o "$TARGET_PART"; sync "$TARGET_PART"
        """, Image: Clonezilla);

    public static readonly Contender RestoreFastest = new(Fastest, ["partclone.restore", "zstd"], """
        zstd -q -dc "$IMAGES/partclone-zstd1/image" | partclone.restore -s - -q -L /dev/null -o "$TARGET_PART"; sync "$TARGET_PART"
        """, Image: Fastest);

    /// <summary>Its exit code says little: what it cannot read (ext4, for one) may end with 0 and an image of some hundred bytes.</summary>
    public static readonly Contender CapturePartimage = new(Partimage, ["partimage"], """
        TERM=vt100 partimage -z1 -b -f3 -d -M -o save "$PART" "$OUT/image" < /dev/null > /dev/null 2>&1 || true
        [ -n "$(find "$OUT/image.000" -size +1M)" ] || { echo "partimage cannot read this file system" >&2; exit 1; }
        sync -f "$OUT/image.000"
        """, IsRunOnce: true);

    public static readonly Contender CaptureCasync = new(Casync, ["casync"], """
        casync make --store="$OUT/chunks.castr" "$OUT/image.caibx" "$PART" > /dev/null; sync -f "$OUT/image.caibx"
        """, IsRunOnce: true);

    public static readonly Contender BareHashSource = new(Bare, [], """
        "$BENCH" bare-hash "$PART" "$RANGES"
        """);

    public static readonly Contender BareHashTarget = new(Bare, [], """
        "$BENCH" bare-hash "$TARGET_PART" "$RANGES"
        """);

    public static Contender CaptureClonezilla(string partclone) => new(Clonezilla, [partclone, "zstdmt"], $"""
        {partclone} -z 10485760 -c -s "$PART" -q -L /dev/null -o - | zstdmt -q -c -3 > "$OUT/image"; sync -f "$OUT/image"
        """);

    public static Contender CaptureFastest(string partclone) => new(Fastest, [partclone, "zstd"], $"""
        {partclone} -a0 -c -s "$PART" -q -L /dev/null -o - | zstd -q -1 -T0 -c > "$OUT/image"; sync -f "$OUT/image"
        """);

    /// <summary>What ltsp-osdeploy runs.</summary>
    public static Contender CapturePigz(string partclone) => new(Pigz, [partclone, "pigz"], $"""
        {partclone} -c -s "$PART" -q -L /dev/null -o - | pigz --fast -c > "$OUT/image"; sync -f "$OUT/image"
        """, IsRunOnce: true);

    private static Contender OfOsdeploy(string name, string script, string? image = null) => new(name, [Osdeploy], script, image);
}
