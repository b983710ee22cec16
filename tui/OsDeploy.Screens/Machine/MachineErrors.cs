using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Machine;

/// <summary>What the screens of a computer refuse by themselves. Everything else is said by the server and the engine.</summary>
internal static class MachineErrors
{
    public static UserErrorException Nobody() => new("machine-nobody", Words.Machine.NobodyMessage, Words.Machine.NobodyHint);

    public static UserErrorException LoginFailed() => new("login-failed", Words.Machine.LoginFailedMessage, Words.Machine.LoginFailedHint);

    public static UserErrorException NotAdministrator() => new("machine-not-administrator", Words.Machine.NotAdministratorMessage, Words.Machine.NotAdministratorHint);

    public static UserErrorException NotRegistered() => new("machine-not-registered", Words.Machine.NotRegisteredMessage, Words.Machine.NotRegisteredHint);

    public static UserErrorException NoDisk() => new("machine-no-disk", Words.Machine.NoDiskMessage, Words.Machine.NoDiskHint);

    public static UserErrorException NoPartitions() => new("machine-no-partitions", Words.Machine.NoPartitionsMessage, Words.Machine.NoPartitionsHint);

    public static UserErrorException NoRooms() => new("machine-no-rooms", Words.Machine.NoRoomsMessage, Words.Machine.NoRoomsHint);

    public static UserErrorException NoManualImages() => new("machine-no-manual-images", Words.Machine.NoManualImagesMessage, Words.Machine.NoManualImagesHint);

    public static UserErrorException WirelessKey(string network) => new("wireless-key", Language.Fill(Words.Wireless.WrongKeyMessage, network), Words.Wireless.WrongKeyHint);

    public static UserErrorException WirelessNotFound(string network) => new("wireless-not-found", Language.Fill(Words.Wireless.NotFoundMessage, network), Words.Wireless.NotFoundHint);

    public static UserErrorException WirelessRefused(string network) => new("wireless-refused", Language.Fill(Words.Wireless.RefusedMessage, network), Words.Wireless.RefusedHint);

    public static UserErrorException WirelessImpossible(string network) => new("wireless-impossible", Language.Fill(Words.Wireless.ImpossibleMessage, network), Words.Wireless.ImpossibleHint);
}
